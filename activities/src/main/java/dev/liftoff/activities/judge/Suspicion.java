package dev.liftoff.activities.judge;

import java.util.Arrays;

/** Evidence that the candidate is worse than tolerated, batch after batch. */
public final class Suspicion {
  /** With fewer equals a rank says too little; the batch is counted as one vote instead. */
  private static final int FEWEST_GROUPS = 3;

  private final Factor factor;
  private final double[] times;
  private final double[] logs;
  private final Tolerance tolerance;
  private final Evidence evidence;
  private final double[] factors;
  private double[][] ranks = new double[0][];

  private Suspicion(Factor factor, double[] times, Tolerance tolerance, Evidence evidence) {
    this.factor = factor;
    this.times = times;
    this.logs = Arrays.stream(times).map(StrictMath::log).toArray();
    this.tolerance = tolerance;
    this.evidence = evidence;
    this.factors = new double[alternatives(factor, times)];
  }

  public static Suspicion of(Factor factor, Grid grid, Tolerance tolerance, double horizonSeconds) {
    double[] times = grid.times();
    return new Suspicion(
        factor, times, tolerance, new Evidence(alternatives(factor, times), horizonSeconds));
  }

  Suspicion resumedFrom(Evidence.State state) {
    return new Suspicion(factor, times, tolerance, evidence.resumedFrom(state));
  }

  /**
   * Takes one batch.
   *
   * @param rate the baseline's share of bad requests, known before the batch
   */
  public void see(Tally tally, double rate) {
    switch (factor) {
      case COUNT -> count(tally, rate);
      case VOTE -> vote(tally, rate, 0);
      case RANK -> rank(tally, rate);
    }
    evidence.multiply(factors, tally.seconds);
  }

  public double value() {
    return evidence.value();
  }

  Evidence.State state() {
    return evidence.state();
  }

  private void count(Tally tally, double rate) {
    double share = share(tally, tolerance.at(rate));
    for (int j = 0; j < factors.length; j++) {
      factors[j] =
          StrictMath.exp(Formulas.count(tally.bad, tally.allBad(), share, times[j], logs[j]));
    }
  }

  private void vote(Tally tally, double rate, int from) {
    double share = share(tally, Formulas.odds(tolerance.at(rate), rate));
    for (int j = 0; j < factors.length; j++) {
      factors[j] = StrictMath.exp(Formulas.vote(tally.bad, tally.allBad(), share, times[from + j]));
    }
  }

  private void rank(Tally tally, double rate) {
    if (tally.fair < FEWEST_GROUPS) {
      vote(tally, rate, times.length - factors.length);
      return;
    }
    double compared =
        Math.max(0, (tally.bad - tolerance.margin() * tally.expected) / tolerance.ratio());
    int above = 0;
    int ties = 0;
    for (int i = 0; i < tally.fair; i++) {
      above += tally.groups[i] > compared ? 1 : 0;
      ties += tally.groups[i] == compared ? 1 : 0;
    }
    for (int j = 0; j < factors.length; j++) {
      factors[j] = shared(ranks(tally.fair + 1)[j], above, ties);
    }
  }

  /** Ties share their ranks: the mean of what each of them would give. */
  private static double shared(double[] byRank, int above, int ties) {
    double sum = 0;
    for (int rank = above; rank <= above + ties; rank++) {
      sum += byRank[rank];
    }
    return sum / (ties + 1);
  }

  private double[][] ranks(int number) {
    if (ranks.length == 0 || ranks[0].length != number) {
      ranks = new double[Grid.RANKS.length][number];
      for (int j = 0; j < ranks.length; j++) {
        for (int rank = 1; rank <= number; rank++) {
          ranks[j][rank - 1] = Formulas.rank(rank, number, Grid.RANKS[j]);
        }
      }
    }
    return ranks;
  }

  private static double share(Tally tally, double ratio) {
    if (tally.empty()) {
      return 0;
    }
    return Double.isInfinite(ratio)
        ? 1
        : Formulas.share(tally.requests, tally.baselineRequests, ratio);
  }

  private static int alternatives(Factor factor, double[] times) {
    return factor == Factor.RANK ? Grid.RANKS.length : times.length;
  }
}
