package judge;

/** Google's multi-window burn rate for 99.9 %: 14.4 times over 1 h and 5 min, or 6 times over 6 h and 30 min. */
record BurnRate() implements Rule {
  private static final double BUDGET = 0.001;

  @Override
  public int every() {
    return 30;
  }

  @Override
  public Watch watch(Launch launch) {
    Window[] windows = {new Window(10), new Window(120), new Window(60), new Window(720)};
    int[] looks = new int[1];
    return sample -> {
      looks[0]++;
      for (Window window : windows) {
        window.add(sample);
      }
      return looks[0] >= 10 && burns(windows[0], windows[1], 14.4) || looks[0] >= 60 && burns(windows[2], windows[3], 6);
    };
  }

  private static boolean burns(Window brief, Window longer, double times) {
    return brief.candidate() > times * BUDGET && longer.candidate() > times * BUDGET;
  }
}
