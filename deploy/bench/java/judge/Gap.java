package judge;

/** Nobody can measure for a while; the counters go on. */
final class Gap extends Fleet {
  private final double from;
  private final double until;

  Gap(Dice dice, Effect effect, double from, double until) {
    super(dice, effect);
    this.from = from;
    this.until = until;
  }

  @Override
  protected boolean missing(double second) {
    return second >= from && second < until;
  }
}
