package dev.liftoff.activities.judge;

/**
 * Evidence that the candidate is <em>not</em> worse than a promised bound, for the promotion;
 * judge.md 3.6. It is about the whole time since the first batch.
 *
 * <p>Half of it compares with the baseline. The other half looks at the candidate alone: whoever
 * fails less often than the bound's margin is within the bound, whatever the baseline does. Without
 * it a service that never fails could never be certified.
 */
public final class Assurance {
  // What came in hours ago must not outweigh a regression that begins now for long.
  private static final double MOST = 1e4;

  // Where errors are not counted one by one they may come in clumps: twice those of judge.md 4.1.
  private static final double TOGETHER = 10;

  private final Factor factor;
  private final Tolerance bound;
  private final Evidence evidence;
  private final double[] factors = new double[2 * Grid.BETTER.length];

  private Assurance(Factor factor, Tolerance bound, Evidence evidence) {
    this.factor = factor;
    this.bound = bound;
    this.evidence = evidence;
  }

  /**
   * Starts without evidence.
   *
   * @param factor what is one vote; a rank cannot assure, so the batch is one vote instead
   * @param bound what is to be certified
   */
  public static Assurance of(Factor factor, Tolerance bound) {
    return new Assurance(factor, bound, Evidence.aboutAll(2 * Grid.BETTER.length, MOST));
  }

  Assurance resumedFrom(Evidence.State state) {
    return new Assurance(factor, bound, evidence.resumedFrom(state));
  }

  /** Takes one batch; the reference is the one before it. */
  public void see(Tally tally, Reference reference) {
    double rate = reference.atMost();
    double ratio = bound.at(rate);
    boolean counts = factor == Factor.COUNT;
    double share = share(tally, counts ? ratio : Formulas.odds(ratio, rate));
    double together = counts ? 1 : TOGETHER;
    for (int j = 0; j < Grid.BETTER.length; j++) {
      double k = Grid.BETTER[j];
      factors[Grid.BETTER.length + j] =
          StrictMath.exp(Formulas.alone(tally.requests, tally.bad, bound.margin(), k, together));
      factors[j] =
          StrictMath.exp(
              counts
                  ? Formulas.count(tally.bad, tally.allBad(), share, k)
                  : Formulas.vote(tally.bad, tally.allBad(), share, k));
    }
    evidence.multiply(factors, tally.seconds);
  }

  public double value() {
    return evidence.value();
  }

  Evidence.State state() {
    return evidence.state();
  }

  // A bound at 100 % assures nothing: no share makes every factor 1 or less.
  private static double share(Tally tally, double ratio) {
    return tally.empty() || Double.isInfinite(ratio)
        ? 0
        : Formulas.share(tally.requests, tally.baselineRequests, ratio);
  }
}
