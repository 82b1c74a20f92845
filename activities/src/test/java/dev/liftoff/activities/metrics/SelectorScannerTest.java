package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorScannerTest {

  @Test
  void findsNumeratorAndDenominatorWithTheirRanges() {
    assertThat(
            selectors(
                """
                sum(rate(http_requests_total{slot="green",code=~"5.."}[1m]))
                  / sum(rate(http_requests_total{slot="green"}[1m]))\
                """))
        .containsExactly(
            new Selector("http_requests_total{slot=\"green\",code=~\"5..\"}", "1m"),
            new Selector("http_requests_total{slot=\"green\"}", "1m"));
  }

  @Test
  void readsThroughFunctionsAggregationsAndGrouping() {
    assertThat(
            selectors(
                "histogram_quantile(0.95, sum by (le, slot) (rate(latency_bucket[30s])))"
                    + " or sum (up) without (instance) * on(job) group_left(a, b) info"))
        .containsExactly(
            new Selector("latency_bucket", "30s"),
            new Selector("up", null),
            new Selector("info", null));
  }

  @Test
  void bracesAndBracketsInStringsAreText() {
    assertThat(selectors("a{path=\"/x{y}[5m]\\\"\", q='}'}[1m]"))
        .containsExactly(new Selector("a{path=\"/x{y}[5m]\\\"\", q='}'}", "1m"));
  }

  @Test
  void aSelectorNeedsNoName() {
    assertThat(selectors("sum({__name__=~\"http_.*\"})"))
        .containsExactly(new Selector("{__name__=~\"http_.*\"}", null));
  }

  @Test
  void offsetsModifiersAndSubqueriesDoNotHideTheSeries() {
    assertThat(
            selectors(
                "max_over_time(a[5m:30s]) + b offset 1d + c[2m] @ start() + rate(d[1m])[1h:]"))
        .containsExactly(
            new Selector("a", "5m"),
            new Selector("b", null),
            new Selector("c", "2m"),
            new Selector("d", "1m"));
  }

  @Test
  void commentsAreNotRead() {
    assertThat(selectors("up # and down{}\n + x"))
        .extracting(Selector::series)
        .containsExactly("up", "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "vector(0)", "time() - 1e3", "Inf + NaN", "scalar(vector(1)) > bool 0"})
  void whatReadsNoSeriesHasNoSelector(String promql) {
    assertThat(selectors(promql)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a{", "a{b=\"", "a[", "sum by (", "'", "a{b=\"\\"})
  void nonsenseEnds(String promql) {
    assertThat(selectors(promql)).hasSizeLessThan(3);
  }

  private static List<Selector> selectors(String promql) {
    return SelectorScanner.selectors(promql);
  }
}
