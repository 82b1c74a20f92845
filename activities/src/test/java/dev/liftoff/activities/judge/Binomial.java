package dev.liftoff.activities.judge;

import java.util.function.ToDoubleBiFunction;

/** Exact expectations over two independent arms. */
final class Binomial {
  private Binomial() {}

  /** The mean of a function of both numbers of bad requests. */
  static double mean(
      int requests,
      double rate,
      int others,
      double otherRate,
      ToDoubleBiFunction<Integer, Integer> of) {
    double mean = 0;
    for (int bad = 0; bad <= requests; bad++) {
      for (int otherBad = 0; otherBad <= others; otherBad++) {
        mean +=
            chance(requests, bad, rate)
                * chance(others, otherBad, otherRate)
                * of.applyAsDouble(bad, otherBad);
      }
    }
    return mean;
  }

  static double chance(int requests, int bad, double rate) {
    double ways = 1;
    for (int i = 1; i <= bad; i++) {
      ways = ways * (requests - bad + i) / i;
    }
    return ways * Math.pow(rate, bad) * Math.pow(1 - rate, requests - bad);
  }
}
