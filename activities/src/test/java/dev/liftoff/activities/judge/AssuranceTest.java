package dev.liftoff.activities.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssuranceTest {
  private static final double BOUND = 0.002;
  private static final int REQUESTS = 2_000;

  @ParameterizedTest
  @CsvSource({"COUNT, 90", "VOTE, 900", "RANK, 900"})
  void aServiceThatNeverFailsIsCertified(Factor factor, int within) {
    assertThat(secondsUntilCertified(factor, 0)).isBetween(1, within);
  }

  @ParameterizedTest
  @CsvSource({"COUNT", "VOTE", "RANK"})
  void aCandidateThatFailsMoreThanTheBoundBesideABaselineThatNeverFailsIsNot(Factor factor) {
    assertThat(secondsUntilCertified(factor, 4)).isEqualTo(-1);
  }

  @Test
  void aloneTheMeanIsAtMostOneAtTheBoundWhenErrorsAreIndependent() {
    for (double k : Grid.BETTER) {
      double mean = 0;
      for (int bad = 0; bad <= 60; bad++) {
        mean +=
            Binomial.chance(REQUESTS, bad, BOUND)
                * Math.exp(Formulas.alone(REQUESTS, bad, BOUND, k, 1));
      }
      assertThat(mean).isBetween(0.98, 1 + 1e-9);
    }
  }

  @Test
  void aloneTheMeanIsAtMostOneAtTheBoundWhenTenErrorsComeTogether() {
    double[] chances = inClumpsOf(10, REQUESTS * BOUND, 600);
    for (double k : Grid.BETTER) {
      double mean = 0;
      for (int bad = 0; bad < chances.length; bad++) {
        mean += chances[bad] * Math.exp(Formulas.alone(REQUESTS, bad, BOUND, k, 10));
      }
      assertThat(mean).isBetween(0.6, 1.0);
    }
  }

  /** With 50 requests a second beside 450; -1 when it is not certified in a day. */
  private static int secondsUntilCertified(Factor factor, int badOfThousand) {
    Assurance assurance = Assurance.of(factor, Tolerance.CERTIFIED_ERRORS);
    Reference reference = new Reference(0, 270_000);
    Tally tally = new Tally();
    tally.seconds = 20;
    tally.requests = 1_000;
    tally.bad = badOfThousand;
    tally.baselineRequests = 9_000;
    for (int second = 20; second <= 86_400; second += 20) {
      assurance.see(tally, reference);
      reference.learn(tally);
      if (assurance.value() >= JudgeSettings.SURE) {
        return second;
      }
    }
    return -1;
  }

  /** Chances of so many errors: Poisson many clumps of geometric size, by Panjer's recursion. */
  private static double[] inClumpsOf(double size, double mean, int most) {
    double clumps = mean / size;
    double[] chances = new double[most];
    chances[0] = Math.exp(-clumps);
    for (int n = 1; n < most; n++) {
      double sum = 0;
      for (int one = 1; one <= n; one++) {
        sum += one * Math.pow(1 - 1 / size, one - 1) / size * chances[n - one];
      }
      chances[n] = clumps / n * sum;
    }
    return chances;
  }
}
