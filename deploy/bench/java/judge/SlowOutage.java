package judge;

/** Everything is four times as slow for ten minutes, for both versions. */
final class SlowOutage extends SlowFleet {
  private double now;

  SlowOutage(Dice dice, Effect effect) {
    super(dice, effect);
  }

  @Override
  protected void pass(double second) {
    now = second >= 3 * HOUR && second < 3 * HOUR + 600 ? Math.log(4) : 0;
  }

  @Override
  protected double scale(int pod) {
    return now;
  }
}
