package dev.liftoff.activities.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulasTest {
  private static final double[] RATES = {0.0005, 0.002, 0.01, 0.03, 0.1, 0.3};
  private static final double[] RATIOS = {1, 1.25, 1.75, 2};
  private static final int[][] SIZES = {{1, 1}, {5, 15}, {12, 40}, {30, 10}};

  @ParameterizedTest
  @CsvSource({
    "750,8,6750,7,1.00,5.0,7.828419750,0.805625164",
    "750,8,6750,7,1.75,5.0,5.353306879,0.640617639",
    "750,8,6750,7,1.25,2.5,4.810449886,0.419794934",
    "750,1,6750,7,1.00,5.0,-1.082339981,0.068992871",
    "750,1,6750,7,1.75,5.0,-2.402400178,-0.096014653",
    "750,1,6750,7,1.25,2.5,-0.427643118,0.003858526",
    "750,0,6750,7,1.00,5.0,-2.355305656,-0.336472237",
    "750,0,6750,7,1.75,5.0,-3.510358329,-0.501479761",
    "750,0,6750,7,1.25,2.5,-1.175942119,-0.167991731",
    "750,38,6750,7,1.00,5.0,46.017390025,1.140069002",
    "750,38,6750,7,1.75,5.0,38.592051412,0.975061478",
    "750,38,6750,7,1.25,2.5,27.259419905,0.650318592",
    "10,1,90,0,1.00,5.0,1.272965676,1.272965676",
    "10,1,90,0,1.75,5.0,1.107958151,1.107958151",
    "10,1,90,0,1.25,2.5,0.748299001,0.748299001",
    "750,0,6750,0,1.00,5.0,0.000000000,0.000000000",
    "750,0,6750,0,1.75,5.0,0.000000000,0.000000000",
    "750,0,6750,0,1.25,2.5,0.000000000,0.000000000",
    "500,5,500,5,1.00,5.0,-2.938933325,0.000000000",
    "500,5,500,5,1.75,5.0,-4.609474171,-0.167054085",
    "500,5,500,5,1.25,2.5,-1.479904376,-0.046520016"
  })
  void theGoldenVectorsHoldInEveryDigit(
      int nc, int ec, int ns, int es, double ratio, double k, String count, String vote) {
    double share = Formulas.share(nc, ns, ratio);

    assertThat(nineDigits(Formulas.count(ec, ec + es, share, k))).isEqualTo(count);
    assertThat(nineDigits(Formulas.vote(ec, ec + es, share, k))).isEqualTo(vote);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5,1.9916,1.4083,0.629811",
    "1,3.4142,1.7071,0.341417",
    "2,6.4526,1.6131,0.064526",
    "4,9.2418,0.5776,0.000924"
  })
  void theGoldenRanksHoldInEveryDigit(double theta, String first, String second, String tenth) {
    assertThat(digits(4, Formulas.rank(1, 10, theta))).isEqualTo(first);
    assertThat(digits(4, Formulas.rank(2, 10, theta))).isEqualTo(second);
    assertThat(digits(6, Formulas.rank(10, 10, theta))).isEqualTo(tenth);
  }

  @Test
  void countingErrorsExpectsAtMostOneAtTheWorstToleratedRate() {
    double worst =
        worst((sizes, rate, ratio, k) ->
            Binomial.mean(
                sizes[0],
                rate * ratio,
                sizes[1],
                rate,
                (bad, other) ->
                    Math.exp(
                        Formulas.count(
                            bad, bad + other, Formulas.share(sizes[0], sizes[1], ratio), k))));

    assertThat(worst).isBetween(0.999, 1 + 1e-12);
  }

  @Test
  void countingBatchesExpectsAtMostOneWithTheOddsRatio() {
    assertThat(
            worst((sizes, rate, ratio, k) ->
                votes(sizes, rate, ratio, Formulas.odds(ratio, rate), k)))
        .isBetween(0.999999, 1 + 1e-12);
  }

  @Test
  void countingBatchesWithTheRatioOfSharesWouldExpectMore() {
    assertThat(worst((sizes, rate, ratio, k) -> votes(sizes, rate, ratio, ratio, k)))
        .isGreaterThan(1.01);
  }

  @Test
  void theCertificateExpectsAtMostOneForACandidateAtItsBound() {
    double worst = 0;
    for (int[] sizes : SIZES) {
      for (double rate : RATES) {
        for (double k : Grid.BETTER) {
          double share = Formulas.share(sizes[0], sizes[1], 1.25);
          worst =
              Math.max(
                  worst,
                  Binomial.mean(
                      sizes[0],
                      1.25 * rate,
                      sizes[1],
                      rate,
                      (bad, other) -> Math.exp(Formulas.count(bad, bad + other, share, k))));
        }
      }
    }

    assertThat(worst).isBetween(0.999, 1 + 1e-12);
  }

  @Test
  void anAbsoluteLimitExpectsExactlyOneAtTheLimit() {
    for (double limit : new double[] {0.01, 0.05, 0.3}) {
      for (double times : Grid.LIMIT) {
        DoubleUnaryOperator factor = bad -> Math.exp(Formulas.limit(40, bad, limit, times));
        double mean =
            IntStream.rangeClosed(0, 40)
                .mapToDouble(bad -> Binomial.chance(40, bad, limit) * factor.applyAsDouble(bad))
                .sum();
        assertThat(mean).isCloseTo(1, within(1e-10));
      }
    }
  }

  @Test
  void ranksOfEqualsMeanOneToTwelveDigits() {
    for (double theta : Grid.RANKS) {
      double mean =
          IntStream.rangeClosed(1, 10).mapToDouble(rank -> Formulas.rank(rank, 10, theta)).sum()
              / 10;
      assertThat(mean).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void whenEverythingIsToleratedNothingIsTooBad() {
    assertThat(Formulas.odds(1.25, 0.9)).isInfinite();
    assertThat(Formulas.vote(10, 10, 1, 5)).isZero();
  }

  private static double votes(int[] sizes, double rate, double ratio, double used, double k) {
    double share = Formulas.share(sizes[0], sizes[1], used);
    return Binomial.mean(
        sizes[0],
        rate * ratio,
        sizes[1],
        rate,
        (bad, other) -> Math.exp(Formulas.vote(bad, bad + other, share, k)));
  }

  private interface Expectation {
    double of(int[] sizes, double rate, double ratio, double k);
  }

  private static double worst(Expectation expectation) {
    double worst = 0;
    for (int[] sizes : SIZES) {
      for (double rate : RATES) {
        for (double ratio : RATIOS) {
          worst =
              Math.max(
                  worst,
                  DoubleStream.of(Grid.ERRORS.times())
                      .map(k -> expectation.of(sizes, rate, ratio, k))
                      .max()
                      .orElseThrow());
        }
      }
    }
    return worst;
  }

  private static String nineDigits(double value) {
    return digits(9, value + 0.0);
  }

  private static String digits(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
