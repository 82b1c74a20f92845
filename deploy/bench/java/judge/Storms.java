package judge;

/** All errors come in storms that stick to one arm: so many a second, for a time of random length. */
final class Storms extends Fleet {
  private final double perSecond;
  private final double lasting;
  private final int[] raging = new int[Sample.ARMS];

  Storms(Dice dice, Effect effect, double perSecond, double lasting) {
    super(dice, effect);
    this.perSecond = perSecond;
    this.lasting = lasting;
  }

  @Override
  protected int errors(int arm, double mean) {
    int over = 0;
    for (int storm = 0; storm < raging[arm]; storm++) {
      over += dice.happens(1 - Math.exp(-STEP / lasting)) ? 1 : 0;
    }
    raging[arm] += dice.poisson(mean / (perSecond * lasting)) - over;
    return dice.poisson(raging[arm] * perSecond * STEP);
  }
}
