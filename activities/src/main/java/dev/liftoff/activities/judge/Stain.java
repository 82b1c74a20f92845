package dev.liftoff.activities.judge;

/**
 * Evidence that the candidate fails where the baseline does not. A comparison is blind there: when
 * all errors are the candidate's, it cannot tell a few that are tolerated from many.
 *
 * <p>One batch is one vote against the tolerated share, by the baseline's upper bound of the last
 * minutes. Batches in which the baseline is not clean say nothing: the comparison has them.
 */
public final class Stain {
  private final Tolerance tolerance;
  private final Evidence evidence;
  private final double[] factors = new double[Grid.STAIN.length];

  private Stain(Tolerance tolerance, Evidence evidence) {
    this.tolerance = tolerance;
    this.evidence = evidence;
  }

  /** Starts without evidence. */
  public static Stain of(Tolerance tolerance, double horizonSeconds) {
    return new Stain(tolerance, new Evidence(Grid.STAIN.length, horizonSeconds));
  }

  Stain resumedFrom(Evidence.State state) {
    return new Stain(tolerance, evidence.resumedFrom(state));
  }

  /** Takes one batch; the reference is the one before it. */
  public void see(Tally tally, Reference reference) {
    double rate = reference.atMost();
    double limit = tolerance.ratio() * rate + tolerance.margin();
    if (rate > tolerance.margin() || tally.baselineBad > limit * tally.baselineRequests) {
      return;
    }
    for (int j = 0; j < factors.length; j++) {
      factors[j] = StrictMath.exp(Formulas.vote(tally.bad, tally.requests, limit, Grid.STAIN[j]));
    }
    evidence.multiply(factors, tally.seconds);
  }

  public double value() {
    return evidence.value();
  }

  Evidence.State state() {
    return evidence.state();
  }
}
