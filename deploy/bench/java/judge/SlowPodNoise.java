package judge;

/** Pods differ in speed, for minutes and for good. */
final class SlowPodNoise extends SlowFleet {
  private static final int UPDATE = 30;

  private final Drift drift;
  private int step;

  SlowPodNoise(Dice dice, Effect effect, double deviation, double memorySeconds, double fixed) {
    super(dice, effect);
    drift = new Drift(dice, 2 * Sample.ARMS, deviation, memorySeconds, fixed, UPDATE);
  }

  @Override
  protected void pass(double second) {
    if (step++ % (UPDATE / STEP) == 0) {
      drift.pass();
    }
  }

  @Override
  protected double scale(int pod) {
    return drift.of(pod);
  }
}
