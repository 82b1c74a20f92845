package dev.liftoff.activities.judge;

/**
 * How much worse than the baseline still counts as the same: {@code p_c <= ratio * p_s + margin}.
 *
 * @param ratio factor on the baseline's share of bad requests
 * @param margin share that may be added to it, 0.0005 is 0.05 percentage points
 */
public record Tolerance(double ratio, double margin) {
  /** The line of judge.md 3.1 for errors. */
  public static final Tolerance ERRORS = new Tolerance(1.25, 0.0005);

  /** The line of judge.md 3.1 for slow requests. */
  public static final Tolerance SLOW = new Tolerance(1.25, 0.005);

  /** No difference at all: what stops a promotion, not what rolls back. */
  public static final Tolerance NONE = new Tolerance(1, 0);

  /** What a promotion certifies about errors; judge.md 3.6. */
  public static final Tolerance CERTIFIED_ERRORS = new Tolerance(1.25, 0.002);

  /** What a promotion certifies about slow requests. */
  public static final Tolerance CERTIFIED_SLOW = new Tolerance(1.25, 0.02);

  public Tolerance {
    if (!(ratio > 0) || !(margin >= 0)) {
      throw new IllegalArgumentException(
          "ratio must be above 0 and margin at least 0, were %s and %s".formatted(ratio, margin));
    }
  }

  /**
   * More patient, for services that no other method suits: a ratio of 1.25 becomes 2; judge.md 3.3.
   */
  public Tolerance wide() {
    return new Tolerance(1.6 * ratio, 2 * margin);
  }

  /** Never below this ratio. */
  public Tolerance atLeast(double least) {
    return least > ratio ? new Tolerance(least, margin) : this;
  }

  /** The allowed ratio of the two shares when the baseline's is {@code rate}. */
  double at(double rate) {
    return ratio + margin / rate;
  }
}
