package dev.liftoff.activities.judge;

/**
 * The numbers of one batch as the tests take them. Mutable, because simulations fill it a hundred
 * million times.
 */
public final class Tally {
  public double seconds;
  public double requests;
  public double bad;
  public double baselineRequests;
  public double baselineBad;

  /**
   * The candidate's requests that were to be expected, known before the batch. What is known only
   * after it may depend on the errors.
   */
  public double expected;

  /** Bad requests of each group that serves as much as the candidate, judged before the batch. */
  public double[] groups = new double[0];

  /** How many of {@link #groups} are filled. */
  public int fair;

  double allBad() {
    return bad + baselineBad;
  }

  boolean empty() {
    return requests + baselineRequests == 0;
  }
}
