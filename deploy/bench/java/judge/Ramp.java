package judge;

/** Errors rise and fall with the day by a factor of ten, and the candidate's share grows: 1, 5, 25, 50 %. */
final class Ramp extends Fleet {
  private static final double TOTAL = 500;

  Ramp(Dice dice, Effect effect) {
    super(dice, effect);
  }

  @Override
  double share() {
    return 0.01;
  }

  @Override
  protected double traffic(int arm, double second) {
    if (second < 0) {
      return TOTAL / Sample.ARMS;
    }
    double share = second < HOUR ? 0.01 : second < 3 * HOUR ? 0.05 : second < 12 * HOUR ? 0.25 : 0.5;
    return arm == 0 ? TOTAL * share : TOTAL * (1 - share) / (Sample.ARMS - 1);
  }

  @Override
  protected double rate(int arm, double second) {
    return 0.001 * Math.pow(10, 0.5 * Math.sin(2 * Math.PI * second / (24 * HOUR)));
  }
}
