package dev.liftoff.activities.judge;

/** The baseline's share of bad requests as it was before the batch: the last minutes count most. */
public final class Reference {
  private static final double HALF_LIFE_SECONDS = 600;

  // Three standard deviations of a count: a certificate must not rest on a rate guessed too low.
  private static final double SURE = 3;

  private double bad;
  private double requests;

  /**
   * Starts from the time before the launch.
   *
   * @param bad bad requests of the ten minutes before
   * @param requests all requests of the ten minutes before
   */
  public Reference(double bad, double requests) {
    this.bad = bad;
    this.requests = requests;
  }

  public double rate() {
    return (bad + 0.5) / (requests + 1);
  }

  double atMost() {
    return Math.min(1, (bad + 0.5 + SURE * StrictMath.sqrt(bad + 0.5)) / (requests + 1));
  }

  /** To be called after the batch was judged: the reference must be known before it. */
  public void learn(Tally tally) {
    double kept = StrictMath.pow(0.5, tally.seconds / HALF_LIFE_SECONDS);
    bad = bad * kept + tally.baselineBad;
    requests = requests * kept + tally.baselineRequests;
  }

  double bad() {
    return bad;
  }

  double requests() {
    return requests;
  }
}
