package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Counted;
import dev.liftoff.metrics.Counting;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Toll;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes every second a service that serves 90 requests between two scrapes. */
class TollEyesIT {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final int port = LocalProcess.freePort();
  private Exporter exporter;
  private LocalProcess prometheus;

  @BeforeEach
  void start() throws IOException {
    exporter = new Exporter();
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs:
          - job_name: shop
            static_configs:
              - targets: ['127.0.0.1:%d']
        """
            .formatted(exporter.port()));
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

  @AfterEach
  void stop() {
    prometheus.close();
    exporter.close();
  }

  @Test
  void whatIsServedBetweenTwoCountsIsCountedToTheRequest() {
    exporter.servesWell();
    Toll before = count(null, null).toll();
    exporter.fails();

    Counted after = count(before, null);

    assertThat(after.fresh()).isTrue();
    Toll toll = after.toll();
    assertThat(toll.exact()).isTrue();
    assertThat(toll.requests()).isPositive().isEqualTo(toll.failed() * 3).matches(n -> n % 90 == 0);
    assertThat(toll.badAfter()).isEqualTo(before.asOf());
    assertThat(toll.badUntil()).isEqualTo(toll.asOf());
  }

  @Test
  void theScrapeIsLaterThanTheQuestion() {
    Counted first = count(null, null);
    Counted second = count(first.toll(), null);

    assertThat(second.toll().asOf()).isAfter(first.toll().asOf());
  }

  @Test
  void aScrapeThatIsLateEnoughIsNotWaitedFor() {
    Toll before = count(null, null).toll();

    Counted counted = count(null, before.asOf().minusMillis(1), Duration.ZERO);

    assertThat(counted.fresh()).isTrue();
    assertThat(counted.toll().exact()).isTrue();
    assertThat(counted.toll().requests()).isZero();
  }

  @Test
  void withoutALaterScrapeTheLastOneCountsAndIsSaidToBeOld() {
    Toll before = count(null, null).toll();
    exporter.silent();

    Counted counted = count(before, Instant.now().plusSeconds(60), Duration.ofSeconds(1));

    assertThat(counted.fresh()).isFalse();
    assertThat(counted.why()).isEqualTo("no scrape within 1 s");
    assertThat(counted.toll()).isNotNull();
  }

  @Test
  void aPrometheusThatIsAwayLosesNothingThatWasCounted() {
    Toll before = count(null, null).toll();
    prometheus.kill();

    Counted counted = count(before, null, Duration.ofSeconds(1));

    assertThat(counted.toll()).isEqualTo(before);
    assertThat(counted.why()).startsWith("not counted: prometheus at 127.0.0.1:" + port);
  }

  private Counted count(Toll before, Instant after) {
    return count(before, after, PATIENCE);
  }

  private Counted count(Toll before, Instant after, Duration patience) {
    return new PrometheusMetrics(
            new PrometheusMetrics.Settings(Duration.ofSeconds(10), Clock.systemUTC()))
        .toll(LAUNCH, spec(), Slot.GREEN, new Counting(before, after, patience));
  }

  private MetricsSpec spec() {
    JudgeSpec judge =
        new JudgeSpec(
            "requests_total{service=\"{service}\",slot=\"{slot}\"}",
            "code=~\"5..\"",
            null,
            JudgeSpec.Vote.BATCH,
            Duration.ofSeconds(2),
            Duration.ZERO,
            Duration.ofHours(2));
    return new MetricsSpec(
        URI.create("http://127.0.0.1:" + port),
        Map.of(),
        "",
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        List.of(),
        judge);
  }
}
