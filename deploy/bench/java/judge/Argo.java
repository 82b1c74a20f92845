package judge;

/** Argo Rollouts: failures add up and are never forgiven; five errors in a row of asking abort. */
record Argo(double limit, int windowSeconds, int every, int failureLimit) implements Rule {
  private static final int ERRORS_IN_A_ROW = 4;
  private static final int RETRY_SECONDS = 10;

  @Override
  public Watch watch(Launch launch) {
    Window window = new Window(windowSeconds / every);
    int[] failed = new int[1];
    return sample -> {
      if (sample.missing) {
        return every >= ERRORS_IN_A_ROW * RETRY_SECONDS;
      }
      window.add(sample);
      failed[0] += window.candidate() > limit ? 1 : 0;
      return failed[0] > failureLimit;
    };
  }
}
