package judge;

/** A limit on the error rate of a window, or on the difference to the baseline, that must be broken for a while. */
record Threshold(double limit, double above, int windowSeconds, int holdSeconds) implements Rule {
  @Override
  public int every() {
    return 30;
  }

  @Override
  public Watch watch(Launch launch) {
    Window window = new Window(windowSeconds / every());
    int[] broken = {-1};
    return sample -> {
      window.add(sample);
      boolean now = window.candidate() > limit || window.candidate() > window.stable() + above;
      broken[0] = now ? broken[0] + 1 : -1;
      return now && broken[0] * every() >= holdSeconds;
    };
  }
}
