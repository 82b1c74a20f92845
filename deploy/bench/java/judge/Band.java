package judge;

/** Netflix's sequential test of latency: bands of Howard and Ramdas around both distribution functions. */
record Band() implements Rule {
  private static final double ALPHA = 0.01;

  @Override
  public int every() {
    return 15;
  }

  @Override
  public Watch watch(Launch launch) {
    double[] ours = new double[launch.before().bad.length];
    double[] theirs = new double[ours.length];
    double[] requests = new double[2];
    return sample -> {
      if (sample.missing) {
        return false;
      }
      requests[0] += sample.requests[0];
      requests[1] += sample.stable();
      boolean apart = false;
      double band = width(requests[0]) + width(requests[1]);
      for (int bucket = 0; bucket < ours.length; bucket++) {
        ours[bucket] += sample.bad[bucket][0];
        theirs[bucket] += sample.stableBad(bucket);
        apart |= ours[bucket] / requests[0] - theirs[bucket] / requests[1] > band;
      }
      return apart;
    };
  }

  private static double width(double requests) {
    double log = Math.log(Math.log(Math.E * Math.max(1, requests)));
    return 0.85 * Math.sqrt((log + 0.8 * Math.log(1612 / (ALPHA / 2))) / requests);
  }
}
