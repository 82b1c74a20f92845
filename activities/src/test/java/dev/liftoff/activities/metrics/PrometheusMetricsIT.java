package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Waiting;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.metrics.MetricsContract;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Prometheus that scrapes every second. */
class PrometheusMetricsIT extends MetricsContract {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration STALE_AFTER = Duration.ofSeconds(3);
  private static final int PORT = LocalProcess.freePort();
  private static final String ALL = "sum(rate(requests_total{slot=\"{slot}\"}[RANGE]))";
  private static final String BAD =
      "(sum(rate(requests_total{slot=\"{slot}\",code=~\"5..\"}[RANGE])) or vector(0))";

  @TempDir private static Path folder;
  private static Exporter exporter;
  private static LocalProcess prometheus;

  private volatile WatchProgress kept = WatchProgress.before(WatchState.EMPTY);
  private final PrometheusMetrics metrics =
      new PrometheusMetrics(
          new PrometheusMetrics.Settings(Duration.ofSeconds(10), Clock.systemUTC()), memory());

  @BeforeAll
  static void start() throws Exception {
    exporter = new Exporter();
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs:
          - job_name: shop
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
            .formatted(exporter.port()));
    startPrometheus();
  }

  @AfterAll
  static void stop() {
    prometheus.close();
    exporter.close();
  }

  @Test
  void aStoppedTargetIsNoDataSoonAlthoughItsRateGoesOnForAMinute() {
    greenServesWell();
    MetricsSpec overAMinute = spec("1m", 10);
    await("data", overAMinute, reading -> reading.state() == Reading.State.OK);

    exporter.silent();
    Instant stopped = Instant.now();
    await("silence", overAMinute, reading -> reading.state() == Reading.State.NO_DATA);

    assertThat(Duration.between(stopped, Instant.now())).isLessThan(Waiting.BUSY);
    assertThat(readings(overAMinute).getFirst().why()).startsWith("no sample of requests_total{");
  }

  @Test
  void errorsThatNeverHappenedAreNoGapInTheData() {
    greenServesWell();

    assertThat(metrics.read(LAUNCH, spec(), Slot.BLUE))
        .first()
        .satisfies(reading -> {
          assertThat(reading.state()).isEqualTo(Reading.State.OK);
          assertThat(reading.value()).isZero();
        });
  }

  @Test
  void prometheusKilledInAWatchIsNoDataAndNoFailure() {
    greenFails();
    CompletableFuture<WatchReport> report = watchInBackground(Duration.ofSeconds(6));
    Waiting.until("it looked", SOON, () -> kept.looks() >= 1);

    prometheus.kill();
    WatchReport seen = report.join();
    startPrometheus();

    assertThat(seen.verdict()).isInstanceOf(Verdict.NoData.class);
    assertThat(seen.blindLooks()).isPositive();
    assertThat(seen.state().breachedSince()).isNotEmpty();
  }

  @Test
  void aWatchGoesOnWhenPrometheusComesBack() {
    greenServesWell();
    CompletableFuture<WatchReport> report = watchInBackground(Duration.ofSeconds(40));
    Waiting.until("it looked", SOON, () -> kept.looks() >= 1);

    prometheus.kill();
    Waiting.until("it was blind", SOON, () -> kept.blindLooks() >= 2);
    startPrometheus();

    assertThat(report.join().verdict()).isEqualTo(new Verdict.Pass());
    assertThat(report.join().looks()).isGreaterThan(report.join().blindLooks() + 2);
  }

  @Test
  void anAnswerOfSeveralSeriesIsNoData() {
    assertThat(whyNoData("rate(requests_total[5s])")).contains("series instead of one");
  }

  @Test
  void aWrongQueryIsNoDataInTheWordsOfPrometheus() {
    assertThat(whyNoData("sum(rate(requests_total{slot=")).contains("parse error");
  }

  @Test
  void aDivisionByNoRequestsIsNoData() {
    assertThat(whyNoData("0 * sum(requests_total) / (0 * sum(requests_total))"))
        .isEqualTo("prometheus answered NaN, which is no number");
  }

  @Test
  void aConstantMeasuresNothing() {
    assertThat(whyNoData("vector(0)")).contains("reads no series");
  }

  @Test
  void aMetricThatDoesNotExistIsNoData() {
    assertThat(whyNoData("sum(no_such_metric) or vector(0)"))
        .startsWith("no sample of no_such_metric");
  }

  private String whyNoData(String query) {
    greenServesWell();
    MetricsSpec spec = spec(Map.of(Metric.ERROR_RATE, query), "4s", 0);
    Reading reading = readings(spec).getFirst();
    assertThat(reading.state()).isEqualTo(Reading.State.NO_DATA);
    return String.valueOf(reading.why());
  }

  @Override
  protected Metrics metrics() {
    return metrics;
  }

  @Override
  protected MetricsSpec spec() {
    return spec("4s", 10);
  }

  @Override
  protected Instant now() {
    return Instant.now();
  }

  @Override
  protected String requestRate() {
    return ALL.replace("RANGE", "4s");
  }

  @Override
  protected void greenServesWell() {
    exporter.servesWell();
    await("green is well", spec(), reading -> reading.state() == Reading.State.OK);
  }

  @Override
  protected void greenFails() {
    exporter.fails();
    await("green fails", spec(), reading -> reading.value() != null && reading.value() > 0.3);
  }

  @Override
  protected void greenIsSilent() {
    exporter.silent();
    await("green is silent", spec(), reading -> reading.state() == Reading.State.NO_DATA);
  }

  private void await(String what, MetricsSpec spec, Predicate<Reading> errorRate) {
    Waiting.until(what, SOON, () -> errorRate.test(readings(spec).getFirst()));
  }

  private List<Reading> readings(MetricsSpec spec) {
    return metrics.read(LAUNCH, spec, Slot.GREEN);
  }

  private CompletableFuture<WatchReport> watchInBackground(Duration length) {
    return CompletableFuture.supplyAsync(
        () -> watch(length, WatchState.EMPTY), Executors.newVirtualThreadPerTaskExecutor());
  }

  private static MetricsSpec spec(String range, long minimumSamples) {
    return spec(
        Map.of(
            Metric.ERROR_RATE, BAD + " / " + ALL,
            Metric.AVAILABILITY, "1 - " + BAD + " / " + ALL),
        range,
        minimumSamples);
  }

  private static MetricsSpec spec(Map<Metric, String> queries, String range, long minimumSamples) {
    Map<Metric, String> ranged = new EnumMap<>(Metric.class);
    queries.forEach((metric, query) -> ranged.put(metric, query.replace("RANGE", range)));
    Duration lasting = Duration.ofSeconds(3);
    return new MetricsSpec(
        URI.create("http://127.0.0.1:" + PORT),
        ranged,
        "sum(increase(requests_total{slot=\"{slot}\",service=\"{service}\"}[%s]))".formatted(range),
        Duration.ofSeconds(1),
        STALE_AFTER,
        List.of(
            new Limit(Metric.ERROR_RATE, 0.05, null, lasting, minimumSamples),
            new Limit(Metric.AVAILABILITY, null, 0.95, lasting, 0)));
  }

  private static void startPrometheus() {
    prometheus =
        LocalProcess.start(
                folder,
                List.of(
                    "/usr/bin/prometheus",
                    "--config.file=prometheus.yml",
                    "--storage.tsdb.path=data",
                    "--web.listen-address=127.0.0.1:" + PORT))
            .awaitPort(PORT);
  }

  private WatchMemory memory() {
    return new WatchMemory() {
      @Override
      public Optional<WatchProgress> last() {
        return Optional.empty();
      }

      @Override
      public void keep(WatchProgress progress) {
        kept = progress;
      }
    };
  }
}
