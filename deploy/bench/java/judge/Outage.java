package judge;

/** Something that both versions need fails for ten minutes, every sixth hour. */
final class Outage extends Fleet {
  Outage(Dice dice, Effect effect) {
    super(dice, effect);
  }

  @Override
  protected double rate(int arm, double second) {
    double within = second < 0 ? 0 : second % (6 * HOUR);
    return within > 3 * HOUR && within <= 3 * HOUR + 600 ? 0.061 : 0.001;
  }
}
