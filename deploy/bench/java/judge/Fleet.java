package judge;

/** All pods of one launch in one world, in steps of five seconds. Before second 0 there is no candidate: arm 0 is one group more. */
abstract class Fleet {
  static final int STEP = 5;
  static final double HOUR = 3600;

  protected final Dice dice;
  private final Effect effect;

  protected Fleet(Dice dice, Effect effect) {
    this.dice = dice;
    this.effect = effect;
  }

  /** Requests a second that an arm gets. */
  protected double traffic(int arm, double second) {
    return 50;
  }

  /** Share of bad requests, before what is wrong with the candidate. */
  protected double rate(int arm, double second) {
    return 0.001;
  }

  /** How many requests fail when this many do on average. */
  protected int errors(int arm, double mean) {
    return dice.poisson(mean);
  }

  /** Called once before each step. */
  protected void pass(double second) {}

  protected boolean missing(double second) {
    return false;
  }

  /** Share of the traffic that the candidate is said to get. */
  double share() {
    return 0.1;
  }

  int questions() {
    return 1;
  }

  void step(double second, Sample sample) {
    sample.seconds = STEP;
    sample.missing = second >= 0 && missing(second);
    pass(second);
    for (int arm = 0; arm < Sample.ARMS; arm++) {
      sample.requests[arm] = dice.poisson(STEP * traffic(arm, second));
      fill(arm, second, sample);
    }
  }

  protected void fill(int arm, double second, Sample sample) {
    int requests = sample.requests[arm];
    int bad = errors(arm, requests * rate(arm, second)) + dice.poisson(requests * wrong(arm, second));
    sample.bad[0][arm] = Math.min(requests, bad);
  }

  protected final double wrong(int arm, double second) {
    return arm == 0 && second >= 0 ? effect.at(second) : 0;
  }
}
