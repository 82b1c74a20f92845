package judge;

/** Pods really differ: the logarithm of each pod's error rate wanders, two pods to an arm. */
final class PodNoise extends Fleet {
  private final Drift drift;
  private final double mean;
  private final double[] times = new double[Sample.ARMS];

  PodNoise(Dice dice, Effect effect, double deviation, double memorySeconds) {
    super(dice, effect);
    drift = new Drift(dice, 2 * Sample.ARMS, deviation, memorySeconds, 0.1, STEP);
    mean = Math.exp((deviation * deviation + 0.01) / 2);
  }

  @Override
  protected void pass(double second) {
    drift.pass();
    for (int arm = 0; arm < Sample.ARMS; arm++) {
      times[arm] = (Math.exp(drift.of(2 * arm)) + Math.exp(drift.of(2 * arm + 1))) / 2 / mean;
    }
  }

  @Override
  protected double rate(int arm, double second) {
    return 0.001 * times[arm];
  }
}
