package judge;

/** Flagger: every miss, and every time nobody answers, is a failed check; a success does not forgive. */
record Flagger(double limit, int every, int threshold) implements Rule {
  @Override
  public Watch watch(Launch launch) {
    int[] failed = new int[1];
    return sample -> {
      boolean missed = sample.missing || sample.requests[0] == 0;
      failed[0] += missed || sample.bad[0][0] > limit * sample.requests[0] ? 1 : 0;
      return failed[0] >= threshold;
    };
  }
}
