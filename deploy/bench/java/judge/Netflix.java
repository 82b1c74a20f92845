package judge;

/** Netflix's sequential test of counts: a Dirichlet mixture against the share that the candidate was said to get. */
record Netflix(double strength) implements Rule {
  @Override
  public int every() {
    return 15;
  }

  @Override
  public Watch watch(Launch launch) {
    double[] prior = {strength * launch.share(), strength * (1 - launch.share())};
    double before = beta(prior[0], prior[1]);
    double[] seen = new double[2];
    return sample -> {
      if (sample.missing) {
        return false;
      }
      seen[0] += sample.bad[0][0];
      seen[1] += sample.stableBad(0);
      double log = beta(prior[0] + seen[0], prior[1] + seen[1]) - before;
      return log - seen[0] * Math.log(launch.share()) - seen[1] * Math.log(1 - launch.share()) >= Math.log(100);
    };
  }

  private static double beta(double a, double b) {
    return gamma(a) + gamma(b) - gamma(a + b);
  }

  /** The logarithm of the gamma function by Stirling's series, moved up to where it is exact enough. */
  private static double gamma(double x) {
    double shift = 0;
    double z = x;
    for (; z < 10; z++) {
      shift -= Math.log(z);
    }
    double inverse = 1 / z;
    double square = inverse * inverse;
    double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square / 1260));
    return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
  }
}
