package dev.liftoff.activities.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Twelve times the same bad batch, with the figures of judge-vectors.txt. */
class TrajectoryTest {
  private static final double HORIZON = 48 * 3600;

  @Test
  void countsOfErrorsAddUpAsPublished() {
    assertThat(trajectory(Factor.COUNT))
        .containsExactly(
            "1.345548",
            "2.850438",
            "7.509887",
            "22.311791",
            "70.702540",
            "232.561817",
            "783.318148",
            "2680.973679",
            "9278.559690",
            "32364.415225",
            "113516.866364",
            "399729.459849");
  }

  @Test
  void votesOfBatchesAddUpAsPublished() {
    assertThat(trajectory(Factor.VOTE))
        .containsExactly(
            "1.267839",
            "1.742415",
            "2.607697",
            "4.222467",
            "7.292691",
            "13.217843",
            "24.789616",
            "47.606481",
            "92.946229",
            "183.614627",
            "365.880967",
            "733.884083");
  }

  @Test
  void ranksAddUpAsPublished() {
    // The published first batch has no exposure yet and was one vote against the bare ratio.
    Evidence evidence = new Evidence(Grid.RANKS.length, HORIZON);
    List<String> steps = new ArrayList<>();
    for (int step = 1; step <= 12; step++) {
      double[] factors = new double[Grid.RANKS.length];
      for (int j = 0; j < factors.length; j++) {
        factors[j] =
            step == 1 ? bareVote(Grid.ERRORS.times()[j + 1]) : Formulas.rank(1, 10, Grid.RANKS[j]);
      }
      evidence.multiply(factors, 15);
      steps.add(fourteenDigits(evidence.value()));
    }

    assertThat(steps)
        .containsExactly(
            "1.466147",
            "6.298821",
            "42.826326",
            "341.966531",
            "2899.057912",
            "25315.819897",
            "225037.237615",
            "2024034.176840",
            "18352367.954014",
            "167349481.99189",
            "1532101577.8771",
            "14066003903.175");
  }

  @Test
  void theWorstOfTenCountsAsTheWorstRank() {
    Suspicion ranked = Suspicion.of(Factor.RANK, Grid.ERRORS, Tolerance.ERRORS, HORIZON);

    ranked.see(batch(), 0.001);

    double worst = 0;
    for (double theta : Grid.RANKS) {
      worst += Formulas.rank(1, 10, theta) / Grid.RANKS.length;
    }
    assertThat(ranked.value()).isEqualTo(0.5 * worst + 0.5);
  }

  @Test
  void tiesShareTheirRanks() {
    Suspicion ranked = Suspicion.of(Factor.RANK, Grid.ERRORS, Tolerance.NONE, HORIZON);
    Tally all = batch();
    all.bad = 0;
    all.groups = new double[9];

    ranked.see(all, 0.001);

    assertThat(ranked.value()).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-12));
  }

  private static List<String> trajectory(Factor factor) {
    Suspicion suspicion = Suspicion.of(factor, Grid.ERRORS, Tolerance.ERRORS, HORIZON);
    Reference reference = new Reference(270, 270_000);
    List<String> steps = new ArrayList<>();
    for (int step = 1; step <= 12; step++) {
      suspicion.see(batch(), reference.rate());
      reference.learn(batch());
      steps.add(sixDigits(suspicion.value()));
    }
    return steps;
  }

  private static double bareVote(double k) {
    return Math.exp(Formulas.vote(4, 11, Formulas.share(750, 6750, 1.25), k));
  }

  private static Tally batch() {
    Tally tally = new Tally();
    tally.seconds = 15;
    tally.requests = 750;
    tally.bad = 4;
    tally.baselineRequests = 6750;
    tally.baselineBad = 7;
    tally.expected = 750;
    tally.groups = new double[] {1, 0, 2, 0, 1, 1, 0, 1, 1};
    tally.fair = 9;
    return tally;
  }

  private static String sixDigits(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  // The last two published digits of a double depend on the order of additions.
  private static String fourteenDigits(double value) {
    String six = sixDigits(value);
    return six.length() <= 15 ? six : new BigDecimal(value).round(new MathContext(14)).toString();
  }
}
