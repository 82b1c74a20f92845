package judge;

/** Lognormal latency, P95 at 300 ms; what is wrong with the candidate multiplies it. */
class SlowFleet extends Fleet {
  static final double[] BOUNDARIES = {0.1, 0.25, 0.5, 1, 2.5, 5};
  private static final double SPREAD = 0.6;
  private static final double CENTRE = Math.log(0.3) - 1.645 * SPREAD;

  private final double[][] beyond = new double[Sample.ARMS][BOUNDARIES.length];
  private final double[] state = new double[Sample.ARMS];

  SlowFleet(Dice dice, Effect effect) {
    super(dice, effect);
  }

  /** By how much the pod's latency is multiplied, as a logarithm. */
  protected double scale(int pod) {
    return 0;
  }

  /** Which part of a pod's requests stalls for three seconds. */
  protected double stalled(int pod, double second) {
    return 0;
  }

  @Override
  int questions() {
    return BOUNDARIES.length;
  }

  @Override
  protected void fill(int arm, double second, Sample sample) {
    update(arm, second);
    int slower = 0;
    double above = 0;
    for (int bucket = BOUNDARIES.length - 1; bucket >= 0; bucket--) {
      slower += dice.poisson(sample.requests[arm] * (beyond[arm][bucket] - above));
      above = beyond[arm][bucket];
      sample.bad[bucket][arm] = Math.min(sample.requests[arm], slower);
    }
  }

  private void update(int arm, double second) {
    double wrong = Math.log(1 + wrong(arm, second));
    double now = 1 + scale(2 * arm) + 3.7 * scale(2 * arm + 1) + 10 * wrong + 100 * stalled(2 * arm, second) + 1000 * stalled(2 * arm + 1, second);
    if (now == state[arm]) {
      return;
    }
    state[arm] = now;
    for (int bucket = 0; bucket < BOUNDARIES.length; bucket++) {
      beyond[arm][bucket] =
          (beyond(BOUNDARIES[bucket], scale(2 * arm) + wrong, stalled(2 * arm, second))
                  + beyond(BOUNDARIES[bucket], scale(2 * arm + 1) + wrong, stalled(2 * arm + 1, second)))
              / 2;
    }
  }

  private static double beyond(double boundary, double scale, double stalled) {
    double after = boundary > 3 ? tail(boundary - 3, scale) : 1;
    return (1 - stalled) * tail(boundary, scale) + stalled * after;
  }

  private static double tail(double seconds, double scale) {
    double z = (Math.log(seconds) - CENTRE - scale) / SPREAD;
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double upper = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
    return z >= 0 ? upper : 1 - upper;
  }
}
