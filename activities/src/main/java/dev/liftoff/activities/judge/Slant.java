package dev.liftoff.activities.judge;

/**
 * Evidence that the candidate gets another share of the requests than the configured weight: too
 * much and too little, each bet with half the money. Holds a promotion, never rolls back.
 */
public final class Slant {
  private final double low;
  private final double high;
  private final Evidence evidence;
  private final double[] factors = new double[2 * Grid.SHARE.length];

  private Slant(double low, double high, Evidence evidence) {
    this.low = low;
    this.high = high;
    this.evidence = evidence;
  }

  /**
   * Starts without evidence.
   *
   * @param weight the configured share, 0 to 1
   * @param tolerance how far the served share may be off, as a part of the weight
   */
  static Slant of(double weight, double tolerance, double horizonSeconds) {
    return new Slant(
        weight * (1 - tolerance),
        Math.min(1, weight * (1 + tolerance)),
        new Evidence(2 * Grid.SHARE.length, horizonSeconds));
  }

  Slant resumedFrom(Evidence.State state) {
    return new Slant(low, high, evidence.resumedFrom(state));
  }

  /** {@code served} counts all requests, bad are those of the candidate. */
  void see(Arm served, double seconds) {
    for (int j = 0; j < Grid.SHARE.length; j++) {
      double k = Grid.SHARE[j];
      factors[j] = factor(served, high, k);
      factors[Grid.SHARE.length + j] = factor(served, low, 1 / k);
    }
    evidence.multiply(factors, seconds);
  }

  double value() {
    return evidence.value();
  }

  Evidence.State state() {
    return evidence.state();
  }

  private static double factor(Arm served, double share, double k) {
    return StrictMath.exp(
        Formulas.count((double) served.bad(), (double) served.requests(), share, k));
  }
}
