package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Waiting;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Instrumentation;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import dev.liftoff.traffic.Weight;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes two services every second; the judge decides from their counters. */
class CounterEyesIT {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final int port = LocalProcess.freePort();
  private Service blue;
  private Service green;
  private LocalProcess prometheus;
  private volatile WatchProgress kept = WatchProgress.before(WatchState.EMPTY);

  @BeforeEach
  void start() throws IOException {
    blue = new Service(90);
    green = new Service(30);
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs:
          - job_name: shop
            static_configs:
              - {targets: ['127.0.0.1:%d'], labels: {slot: blue}}
              - {targets: ['127.0.0.1:%d'], labels: {slot: green}}
        """
            .formatted(blue.port(), green.port()));
    startPrometheus();
  }

  @AfterEach
  void stop() {
    prometheus.close();
    blue.server.stop(0);
    green.server.stop(0);
  }

  @Test
  void errorsOnTheCandidateAloneFailWithinSeconds() {
    CompletableFuture<WatchReport> report = watchInBackground(Duration.ofMinutes(2));
    awaitCompared();
    int failed = kept.looks();

    green.failing = 3;
    WatchReport seen = report.join();

    assertThat(seen.verdict())
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> assertThat(fail.reason()).startsWith("errors: the candidate is worse"));
    assertThat(seen.looks() - failed).as("looks of a second each").isLessThanOrEqualTo(15);
  }

  @Test
  void errorsOnBothSidesFailNobody() {
    blue.failing = 9;
    green.failing = 3;

    WatchReport report = watch(Duration.ofSeconds(15));

    assertThat(report.verdict()).isInstanceOf(Verdict.NotYet.class);
    assertThat(docket(report).judge().tests().get("errors").seen()).isPositive();
  }

  @Test
  void requestsThatAreSlowOnTheCandidateAloneFailByTheirBucket() {
    Prometheus asked =
        new Prometheus(
            Prometheus.client(Duration.ofSeconds(10)), URI.create("http://127.0.0.1:" + port));
    Waiting.until(
        "the baseline has a past",
        SOON,
        () ->
            asked.ask("sum(increase(http_request_duration_seconds_bucket[10m])) > 500")
                    instanceof Answer.Vector past
                && !past.samples().isEmpty());
    CompletableFuture<WatchReport> report =
        CompletableFuture.supplyAsync(
            () -> watch(Duration.ofMinutes(2), Instrumentation.GO.durations("")),
            Executors.newVirtualThreadPerTaskExecutor());
    awaitCompared();
    assertThat(Docket.read(kept.state().judge()).opening().slow()).containsOnlyKeys("0.5");

    green.slow = 20;

    assertThat(report.join().verdict())
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail ->
                assertThat(fail.reason()).startsWith("slower than 0.5 s: the candidate is worse"));
  }

  @Test
  void aRestartOfTheCandidateFailsNobodyAndIsCountedFromZero() {
    CompletableFuture<WatchReport> report = watchInBackground(Duration.ofSeconds(15));
    awaitCompared();

    green.restart();
    WatchReport seen = report.join();

    assertThat(seen.verdict()).isInstanceOf(Verdict.NotYet.class);
    assertThat(docket(seen).judge().tests().get("errors").seen()).isBetween(1L, 30L * 40);
  }

  @Test
  void aPrometheusThatIsAwayIsAGapThatTheNextLookCovers() {
    CompletableFuture<WatchReport> report = watchInBackground(Duration.ofSeconds(40));
    awaitCompared();

    prometheus.kill();
    Waiting.until(
        "it was blind",
        SOON,
        () -> {
          String gap = Docket.read(kept.state().judge()).gap();
          return gap != null && gap.contains("does not answer");
        });
    green.failing = 6;
    startPrometheus();

    assertThat(report.join().verdict()).isInstanceOf(Verdict.Fail.class);
  }

  private void awaitCompared() {
    Waiting.until(
        "both sides are compared",
        SOON,
        () -> {
          Docket docket = Docket.read(kept.state().judge());
          return docket.judge().tests().containsKey("errors")
              && docket.judge().tests().get("errors").seen() > 60;
        });
  }

  private static Docket docket(WatchReport report) {
    return Docket.read(report.state().judge());
  }

  private CompletableFuture<WatchReport> watchInBackground(Duration length) {
    return CompletableFuture.supplyAsync(
        () -> watch(length), Executors.newVirtualThreadPerTaskExecutor());
  }

  private WatchReport watch(Duration length) {
    return watch(length, null);
  }

  private WatchReport watch(Duration length, String durations) {
    PrometheusMetrics metrics =
        new PrometheusMetrics(
            new PrometheusMetrics.Settings(Duration.ofSeconds(10), Clock.systemUTC()), memory());
    return metrics.watch(
        LAUNCH, new Watch(Slot.GREEN, length, spec(durations), WatchState.EMPTY, new Weight(25)));
  }

  private MetricsSpec spec(String durations) {
    JudgeSpec judge =
        new JudgeSpec(
            Instrumentation.GO.requests(""),
            Instrumentation.GO.errors(),
            durations,
            JudgeSpec.Vote.ERROR,
            Duration.ofSeconds(2),
            Duration.ofHours(1),
            Duration.ofHours(2));
    return new MetricsSpec(
        URI.create("http://127.0.0.1:" + port),
        Map.of(Metric.AVAILABILITY, "min(up)"),
        "sum(http_requests_total)",
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        List.of(new Limit(Metric.AVAILABILITY, null, 0.5, Duration.ofMinutes(5), 0)),
        judge);
  }

  private void startPrometheus() {
    prometheus =
        LocalProcess.start(
                folder,
                List.of(
                    "/usr/bin/prometheus",
                    "--config.file=prometheus.yml",
                    "--storage.tsdb.path=data",
                    "--web.listen-address=127.0.0.1:" + port))
            .awaitPort(port);
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

  /** Counts as time goes by; failures are a series that is born with the first of them. */
  private static final class Service {
    private final HttpServer server;
    private final int perSecond;
    private volatile int failing;
    private volatile int slow;
    private double all = 5_000;
    private double fast = 5_000;
    private volatile Instant counted = Instant.now();
    private double good = 5_000;
    private double bad;

    Service(int perSecond) throws IOException {
      this.perSecond = perSecond;
      this.slow = perSecond / 15;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
      server.createContext(
          "/metrics",
          exchange -> {
            byte[] page = page().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    synchronized void restart() {
      good = 0;
      bad = 0;
      all = 0;
      fast = 0;
    }

    private synchronized String page() {
      Instant now = Instant.now();
      double seconds = Duration.between(counted, now).toMillis() / 1000.0;
      counted = now;
      good += seconds * (perSecond - failing);
      bad += seconds * failing;
      all += seconds * perSecond;
      fast += seconds * (perSecond - slow);
      String first =
          """
          # TYPE http_request_duration_seconds_bucket counter
          http_request_duration_seconds_bucket{le="0.001"} 7
          http_request_duration_seconds_bucket{le="0.5"} %d
          http_request_duration_seconds_bucket{le="+Inf"} %d
          # TYPE http_requests_total counter
          http_requests_total{code="200"} %d
          """
              .formatted((long) fast, (long) all, (long) good);
      return bad < 1
          ? first
          : first + "http_requests_total{code=\"500\"} %d\n".formatted((long) bad);
    }
  }
}
