package dev.liftoff.activities.judge;

/** Evidence that the candidate alone is above an absolute limit; judge.md 3.5. */
public final class Excess {
  private final boolean counts;
  private final double limit;
  private final Evidence evidence;
  private final double[] factors = new double[Grid.LIMIT.length];

  private Excess(boolean counts, double limit, Evidence evidence) {
    this.counts = counts;
    this.limit = limit;
    this.evidence = evidence;
  }

  /**
   * Starts without evidence.
   *
   * @param factor what is one vote; a rank needs equals, so the batch is one vote instead
   * @param limit share of bad requests, above 0 and below 1
   */
  public static Excess of(Factor factor, double limit, double horizonSeconds) {
    return new Excess(
        factor == Factor.COUNT, limit, new Evidence(Grid.LIMIT.length, horizonSeconds));
  }

  Excess resumedFrom(Evidence.State state) {
    return new Excess(counts, limit, evidence.resumedFrom(state));
  }

  public void see(Tally tally) {
    for (int j = 0; j < factors.length; j++) {
      factors[j] =
          StrictMath.exp(
              counts
                  ? Formulas.limit(tally.requests, tally.bad, limit, Grid.LIMIT[j])
                  : Formulas.vote(tally.bad, tally.requests, limit, Grid.LIMIT[j]));
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
