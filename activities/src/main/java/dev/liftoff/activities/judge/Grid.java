package dev.liftoff.activities.judge;

/**
 * The alternatives that a test bets on, with equal weights; judge.md 3.1, chosen there so that no
 * regression between "a little" and "everything fails" is far from one of them.
 */
public enum Grid {
  ERRORS,
  LATENCY;

  static final double[] RANKS = {0.5, 1, 2, 4};
  static final double[] BETTER = {0.1, 0.3, 0.5, 0.75};
  static final double[] LIMIT = {1.25, 1.6, 2.5, 5, 12};
  static final double[] STAIN = {5, 12, 40, 150, 500};
  static final double[] SHARE = {1.05, 1.2, 1.5, 3};

  double[] times() {
    return switch (this) {
      case ERRORS -> new double[] {1.5, 2.5, 5, 12, 40};
      case LATENCY -> new double[] {1.15, 1.4, 2, 4, 10};
    };
  }
}
