package dev.liftoff.activities.judge;

/** Evidence that the candidate alone is above an absolute limit; judge.md 3.5. */
public final class Excess {
  private final boolean counts;
  private final double limit;
  private final double[] times;
  private final Evidence evidence;
  private final double[] factors;

  private Excess(boolean counts, double limit, Evidence evidence) {
    this.counts = counts;
    this.limit = limit;
    this.times = counts ? Grid.LIMIT : Grid.ERRORS.times();
    this.evidence = evidence;
    this.factors = new double[times.length];
  }

  /**
   * Starts without evidence.
   *
   * @param factor what is one vote; a rank needs equals, so the batch is one vote instead
   * @param limit share of bad requests, above 0 and below 1
   */
  public static Excess of(Factor factor, double limit, double horizonSeconds) {
    boolean counts = factor == Factor.COUNT;
    int alternatives = counts ? Grid.LIMIT.length : Grid.ERRORS.times().length;
    return new Excess(counts, limit, new Evidence(alternatives, horizonSeconds));
  }

  Excess resumedFrom(Evidence.State state) {
    return new Excess(counts, limit, evidence.resumedFrom(state));
  }

  public void see(Tally tally) {
    for (int j = 0; j < factors.length; j++) {
      factors[j] =
          StrictMath.exp(
              counts
                  ? Formulas.limit(tally.requests, tally.bad, limit, times[j])
                  : Formulas.vote(tally.bad, tally.requests, limit, times[j]));
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
