package dev.liftoff.activities.judge;

/**
 * The factors of judge.md 3.1, as logarithms. Each has an expectation of at most 1 while the
 * candidate is no worse than tolerated, which the tests enumerate.
 *
 * <p>StrictMath, so that evidence is the same to the bit on every machine.
 */
public final class Formulas {
  private Formulas() {}

  /** The candidate's expected share of the errors when it fails {@code ratio} times as often. */
  static double share(double requests, double baselineRequests, double ratio) {
    double weighted = ratio * requests;
    return weighted / (weighted + baselineRequests);
  }

  /**
   * The odds ratio that belongs to a ratio of shares. Infinite when the tolerated share reaches 1:
   * then nothing is too bad.
   */
  static double odds(double ratio, double rate) {
    double tolerated = ratio * rate;
    return tolerated < 1 ? ratio * (1 - rate) / (1 - tolerated) : Double.POSITIVE_INFINITY;
  }

  /** One error is one vote; with {@code k < 1} the test for "better than". */
  static double count(double bad, double allBad, double share, double k) {
    return count(bad, allBad, share, k, StrictMath.log(k));
  }

  /** The same for those who take the logarithm of {@code k} once. */
  static double count(double bad, double allBad, double share, double k, double logK) {
    return bad * logK - allBad * StrictMath.log(1 + (k - 1) * share);
  }

  /** One batch is one vote. {@code share} must come from the odds ratio. */
  static double vote(double bad, double allBad, double share, double k) {
    return allBad == 0
        ? 0
        : StrictMath.log(1 + (k - 1) * bad / allBad) - StrictMath.log(1 + (k - 1) * share);
  }

  /** A rank among {@code ranks} equals, 1 is the worst. Its mean over all ranks is 1. */
  static double rank(int rank, int ranks, double theta) {
    double sum = 0;
    for (int i = 1; i <= ranks; i++) {
      sum += StrictMath.pow(i, -theta);
    }
    return StrictMath.pow(rank, -theta) * ranks / sum;
  }

  /**
   * One sample that shall be shown to be below a limit, {@code k} times it, when up to {@code
   * together} bad requests come at once on average. Where no request is bad it grows all the same;
   * a comparison has nothing to compare there.
   *
   * <p>Its mean is at most 1 at the limit: clumps come {@code requests * limit / together} times by
   * Poisson, and each costs a factor of {@code k} or more.
   */
  static double alone(double requests, double bad, double limit, double k, double together) {
    return bad * StrictMath.log(k) + requests * limit * (1 - k) / together;
  }

  /** One sample against a fixed limit, for a true share {@code times} the limit. */
  static double limit(double requests, double bad, double limit, double times) {
    double worse = Math.min(0.95, times * limit);
    return bad * StrictMath.log(worse / limit)
        + (requests - bad) * StrictMath.log((1 - worse) / (1 - limit));
  }
}
