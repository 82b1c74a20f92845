package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Waiting;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.ReadyQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy checks green and not blue; a real Prometheus scrapes it and fires an alert. */
class ReadyQueryIT {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<Metric> READY =
      List.of(Metric.ANSWERS, Metric.HEALTH, Metric.CRITICAL_ALERTS);

  @TempDir private Path folder;
  private final int exporterPort = LocalProcess.freePort();
  private final int port = LocalProcess.freePort();
  private final PrometheusMetrics metrics =
      new PrometheusMetrics(
          new PrometheusMetrics.Settings(Duration.ofSeconds(10), Clock.systemUTC()));
  private volatile int status = 200;
  private HttpServer service;
  private LocalProcess haproxy;
  private LocalProcess prometheus;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    service.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    service.start();
    startProxy();
    startPrometheus();
  }

  @AfterEach
  void stop() {
    prometheus.close();
    haproxy.close();
    service.stop(0);
  }

  @Test
  void aSlotThatAnswersIsHealthyUntilItAnswersWronglyOrNotAtAll() {
    await("all is well", "1.0 1.0 0.0");

    status = 503;
    await("it answers, and is not healthy, and the alert fires", "1.0 0.0 1.0");

    service.stop(0);
    Waiting.until("it does not answer", SOON, () -> values(Slot.GREEN).startsWith("0.0 0.0"));
  }

  @Test
  void aServerThatNobodyChecksIsNotMeasured() {
    await("all is well", "1.0 1.0 0.0");

    assertThat(readings(Slot.BLUE))
        .filteredOn(reading -> reading.metric() != Metric.CRITICAL_ALERTS)
        .hasSize(2)
        .allSatisfy(reading -> {
          assertThat(reading.state()).isEqualTo(Reading.State.NO_DATA);
          assertThat(reading.why()).isEqualTo("prometheus knows no series for the query");
        });
  }

  private void await(String what, String values) {
    Waiting.until(what, SOON, () -> values(Slot.GREEN).equals(values));
  }

  private String values(Slot slot) {
    StringBuilder values = new StringBuilder();
    readings(slot).forEach(reading -> values.append(' ').append(reading.value()));
    return values.toString().strip();
  }

  private List<Reading> readings(Slot slot) {
    return metrics.read(LAUNCH, spec(), slot);
  }

  private MetricsSpec spec() {
    return new MetricsSpec(
        URI.create("http://127.0.0.1:" + port),
        Map.of(
            READY.get(0), ready(READY.get(0), "haproxy"),
            READY.get(1), ready(READY.get(1), "haproxy"),
            READY.get(2), ready(READY.get(2), "prometheus")),
        "sum(haproxy_backend_http_responses_total)",
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        List.of());
  }

  private static String ready(Metric metric, String exporter) {
    return Objects.requireNonNull(ReadyQuery.of(metric, exporter));
  }

  private void startProxy() throws IOException {
    Files.writeString(
        folder.resolve("haproxy.cfg"),
        """
        defaults
          mode http
          timeout connect 1s
          timeout client 5s
          timeout server 5s
        frontend exporter
          bind 127.0.0.1:%d
          http-request use-service prometheus-exporter if { path /metrics }
        backend green
          option httpchk GET /health
          server s1 127.0.0.1:%d check inter 500ms fall 1 rise 1
        backend blue
          server s1 127.0.0.1:%d
        """
            .formatted(
                exporterPort, service.getAddress().getPort(), service.getAddress().getPort()));
    haproxy =
        LocalProcess.start(folder, List.of("/usr/sbin/haproxy", "-db", "-f", "haproxy.cfg"))
            .awaitPort(exporterPort);
  }

  private void startPrometheus() throws IOException {
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: proxy
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
            .formatted(exporterPort));
    Files.writeString(
        folder.resolve("rules.yml"),
        """
        groups:
          - name: shop
            rules:
              - alert: Unhealthy
                expr: haproxy_server_check_status{proxy="green",state="L7STS"} == 1
                labels: {severity: critical, service: shop}
              - alert: OfSomebodyElse
                expr: up == 1
                labels: {severity: critical, service: other}
        """);
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
}
