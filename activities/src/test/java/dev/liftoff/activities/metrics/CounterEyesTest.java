package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Waiting;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the judge makes of what a Prometheus may answer: no data with its reason, never a pass. */
class CounterEyesTest {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final JudgeSpec JUDGE =
      ShopCounters.spec(JudgeSpec.Vote.ERROR, Duration.ofSeconds(5), Duration.ofMinutes(1));

  private FakePrometheus prometheus;
  private UnaryOperator<CounterWatch> eyes;
  private CounterWatch watch = new CounterWatch(JUDGE, Slot.GREEN, null, Docket.EMPTY);
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private long green = 1_000;
  private long greenBad = 10;
  private long blue = 3_000;

  @BeforeEach
  void start() throws IOException {
    prometheus = new FakePrometheus();
    MetricsSpec spec =
        new MetricsSpec(
            prometheus.address(),
            Map.of(),
            "",
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            List.of(),
            JUDGE);
    eyes =
        CounterEyes.of(
            new Prometheus(Prometheus.client(LIMIT), spec.prometheus()),
            spec,
            LAUNCH,
            Slot.GREEN,
            LIMIT);
  }

  @AfterEach
  void stop() {
    prometheus.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "matrix | [{\"metric\":{\"slot\":\"green\"},\"values\":[[1,\"NaN\"]]}] | http_requests_total is NaN, which no counter is",
        "matrix | [{\"metric\":{\"slot\":\"green\"},\"values\":[[1,\"+Inf\"]]}] | http_requests_total is +Inf, which no counter is",
        "matrix | [{\"metric\":{\"slot\":\"green\"},\"histograms\":[[1,{}]]}] | http_requests_total is a histogram, which no counter is",
        "matrix | [] | no fresh sample of http_requests_total{slot=\"blue\"}",
        "matrix | [{\"metric\":{\"slot\":\"blue\"},\"values\":[[1,\"7\"]]}] | no fresh sample of http_requests_total{slot=\"green\"}",
        "vector | [{\"metric\":{\"slot\":\"green\"},\"value\":[1,\"7\"]},{\"metric\":{\"slot\":\"blue\"},\"value\":[1,\"7\"]}] | prometheus answered numbers instead of counters",
        "scalar | [1,\"7\"] | prometheus answered numbers instead of counters",
        "string | [1,\"seven\"] | prometheus answered a string instead of a number"
      })
  void whatIsNoCounterOfBothSidesIsNoDataWithItsReason(String type, String result, String why) {
    healthy();
    look();
    look();
    double before = watch.evidence();

    prometheus.answering(question -> FakePrometheus.data(type, result));
    look();

    assertThat(watch.verdict()).isEqualTo(new Verdict.NoData("the judge sees nothing: " + why));
    assertThat(watch.evidence()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"status\":\"error\",\"error\":\"too many samples\"} | prometheus refused the query: too many samples",
        "<html>bad gateway</html> | answered status 200 without JSON",
        "{} | prometheus refused the query: it does not say why"
      })
  void anAnswerThatIsNoneIsNoDataFromTheFirstLookOn(String body, String why) {
    prometheus.answering(_ -> body);

    look();

    assertThat(watch.verdict())
        .isInstanceOfSatisfying(
            Verdict.NoData.class, none -> assertThat(none.reason()).endsWith(why));
  }

  @Test
  void aQueryThatTakesAMinuteIsNoDataAfterTheLimitOfACall() {
    healthy();
    look();
    look();
    prometheus.hangs();
    long begun = System.nanoTime();

    look();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Waiting.BUSY);
    assertThat(watch.verdict())
        .isInstanceOfSatisfying(
            Verdict.NoData.class, none -> assertThat(none.reason()).contains("does not answer"));
  }

  @Test
  void theClockOfTheWorkerPlaysNoPart() {
    healthy();
    CounterWatch begin = watch;
    for (int i = 0; i < 6; i++) {
      look();
    }
    String usual = evidence();
    green = 1_000;
    greenBad = 10;
    blue = 3_000;
    watch = begin;
    now = Instant.now().plus(Duration.ofDays(400));
    for (int i = 0; i < 6; i++) {
      look();
    }

    assertThat(evidence()).isEqualTo(usual).isNotEqualTo("1.0");
  }

  @Test
  void twelveMinutesWithoutPrometheusAreCountedAtItsReturn() {
    healthy();
    look();
    look();
    prometheus.answering(_ -> "");
    for (int i = 0; i < 144; i++) {
      look();
      assertThat(watch.verdict()).isInstanceOf(Verdict.NoData.class);
    }
    long seen = watch.docket().judge().tests().get("errors").seen();

    healthy();
    look();

    assertThat(watch.blind()).isFalse();
    assertThat(watch.failed()).isFalse();
    assertThat(watch.docket().judge().tests().get("errors").seen() - seen).isEqualTo(145 * 250);
  }

  private String evidence() {
    return Double.toString(watch.evidence());
  }

  private void look() {
    now = now.plusSeconds(5);
    green += 249;
    greenBad += 1;
    blue += 750;
    watch = eyes.apply(watch);
  }

  private void healthy() {
    prometheus.answering(question ->
        question.contains("increase(")
            ? FakePrometheus.data(
                "vector",
                "[{\"metric\":{\"slot\":\"blue\",\"code\":\"200\"},\"value\":[1,\"90000\"]}]")
            : FakePrometheus.data(
                "matrix",
                "[%s,%s,%s]"
                    .formatted(
                        series("green", "200", green),
                        series("green", "500", greenBad),
                        series("blue", "200", blue))));
  }

  private String series(String slot, String code, long value) {
    return "{\"metric\":{\"slot\":\"%s\",\"code\":\"%s\",\"instance\":\"%s\"},\"values\":[[%d,\"%d\"]]}"
        .formatted(slot, code, slot, now.getEpochSecond(), value);
  }
}
