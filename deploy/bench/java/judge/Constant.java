package judge;

/** Nothing ever changes. */
final class Constant extends Fleet {
  private final double traffic;
  private final double rate;

  Constant(Dice dice, Effect effect) {
    this(dice, effect, 50, 0.001);
  }

  Constant(Dice dice, Effect effect, double traffic, double rate) {
    super(dice, effect);
    this.traffic = traffic;
    this.rate = rate;
  }

  @Override
  protected double traffic(int arm, double second) {
    return traffic;
  }

  @Override
  protected double rate(int arm, double second) {
    return rate;
  }
}
