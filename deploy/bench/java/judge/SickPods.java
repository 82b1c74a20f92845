package judge;

/** About once a day a pod fails ten times as often, for twenty minutes or so. */
final class SickPods extends Fleet {
  private static final double EVERY = 24 * HOUR;
  private static final double LASTING = 1200;

  private final boolean[] sick = new boolean[2 * Sample.ARMS];

  SickPods(Dice dice, Effect effect) {
    super(dice, effect);
  }

  @Override
  protected void pass(double second) {
    for (int pod = 0; pod < sick.length; pod++) {
      sick[pod] ^= dice.happens(STEP / (sick[pod] ? LASTING : EVERY));
    }
  }

  @Override
  protected double rate(int arm, double second) {
    return 0.0005 * ((sick[2 * arm] ? 10 : 1) + (sick[2 * arm + 1] ? 10 : 1));
  }
}
