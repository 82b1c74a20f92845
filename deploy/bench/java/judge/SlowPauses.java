package judge;

/** Every half hour or so a pod stops for 15 seconds: three of ten of its requests take three seconds more. */
final class SlowPauses extends SlowFleet {
  private static final double EVERY = 1800;
  private static final int LASTING = 15;

  private final int[] left = new int[2 * Sample.ARMS];

  SlowPauses(Dice dice, Effect effect) {
    super(dice, effect);
  }

  @Override
  protected void pass(double second) {
    for (int pod = 0; pod < left.length; pod++) {
      left[pod] = left[pod] > 0 ? left[pod] - STEP : dice.happens(STEP / EVERY) ? LASTING : 0;
    }
  }

  @Override
  protected double stalled(int pod, double second) {
    return left[pod] > 0 ? 0.3 : 0;
  }
}
