package dev.liftoff.activities.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Errors of the candidate where the baseline has none. */
class StainTest {
  private static final double HORIZON = 48 * 3600;

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void aComparisonAloneIsBlindThere() {
    Suspicion comparison = Suspicion.of(Factor.VOTE, Grid.ERRORS, Tolerance.ERRORS, HORIZON);
    Reference reference = new Reference(0, 270_000);
    for (int batch = 0; batch < 120; batch++) {
      Tally tally = tally(1500, 60, 4500, 0);
      comparison.see(tally, reference.rate());
      reference.learn(tally);
    }

    assertThat(comparison.value()).as("4 % of errors for an hour").isLessThan(20);
    assertThat(evidence(120, 60, 0)).isGreaterThan(100);
  }

  @Test
  void aBatchIsOneVoteHoweverManyErrorsItHas() {
    Stain one = Stain.of(Tolerance.ERRORS, HORIZON);
    one.see(tally(1500, 1500, 4500, 0), new Reference(0, 270_000));

    assertThat(one.value()).isLessThan(70);
  }

  @Test
  void aBaselineThatHasErrorsIsLeftToTheComparison() {
    Stain usual = Stain.of(Tolerance.ERRORS, HORIZON);
    usual.see(tally(1500, 60, 4500, 5), new Reference(270, 270_000));

    assertThat(usual.value()).isEqualTo(1);
  }

  @Test
  void whatBothSufferAtOnceSaysNothing() {
    Stain shared = Stain.of(Tolerance.ERRORS, HORIZON);
    shared.see(tally(1500, 60, 4500, 180), new Reference(0, 270_000));

    assertThat(shared.value()).isEqualTo(1);
  }

  @Test
  void innocentCandidatesBesideACleanBaselineAreLeftInPeaceForTwoDays() {
    int accused = 0;
    for (int run = 0; run < 60; run++) {
      Stain stain = Stain.of(Tolerance.ERRORS, HORIZON);
      Reference reference = new Reference(0, 270_000);
      boolean sure = false;
      for (int batch = 0; batch < 5_760; batch++) {
        double outage = batch % 500 < 4 ? 0.02 : 0.0001;
        Tally tally = tally(1500, poisson(1500 * outage), 4500, poisson(4500 * outage));
        stain.see(tally, reference);
        reference.learn(tally);
        sure |= stain.value() >= 100;
      }
      accused += sure ? 1 : 0;
    }

    assertThat(accused).isZero();
  }

  private static double evidence(int batches, int bad, int baselineBad) {
    Stain stain = Stain.of(Tolerance.ERRORS, HORIZON);
    Reference reference = new Reference(0, 270_000);
    for (int batch = 0; batch < batches; batch++) {
      Tally tally = tally(1500, bad, 4500, baselineBad);
      stain.see(tally, reference);
      reference.learn(tally);
    }
    return stain.value();
  }

  private static Tally tally(int requests, int bad, int baselineRequests, int baselineBad) {
    Tally tally = new Tally();
    tally.seconds = 30;
    tally.requests = requests;
    tally.bad = bad;
    tally.baselineRequests = baselineRequests;
    tally.baselineBad = baselineBad;
    return tally;
  }

  private int poisson(double mean) {
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
