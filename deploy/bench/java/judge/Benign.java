package judge;

/** The candidate fails a tenth more often, which nobody would roll back for. */
final class Benign extends Fleet {
  Benign(Dice dice, Effect effect) {
    super(dice, effect);
  }

  @Override
  protected double rate(int arm, double second) {
    return arm == 0 && second >= 0 ? 0.0011 : 0.001;
  }
}
