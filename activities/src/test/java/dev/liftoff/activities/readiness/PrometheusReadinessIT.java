package dev.liftoff.activities.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Waiting;
import dev.liftoff.checklist.Subject;
import dev.liftoff.container.Slot;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items about monitoring, on a real Prometheus with rules and targets. */
class PrometheusReadinessIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int PORT = LocalProcess.freePort();

  @TempDir private static Path parent;
  private static HttpServer service;
  private static LocalProcess prometheus;

  @TempDir private Path folder;
  private Examining examining;

  @BeforeAll
  static void start() throws Exception {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    service.createContext(
        "/metrics",
        exchange -> {
          byte[] page = "errors 0.01\np95 0.2\n".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    service.start();
    configure();
    prometheus =
        LocalProcess.start(
                parent,
                List.of(
                    "/usr/bin/prometheus",
                    "--config.file=" + parent.resolve("prometheus.yml"),
                    "--storage.tsdb.path=" + parent.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + PORT))
            .awaitPort(PORT);
  }

  private static void configure() throws IOException {
    Files.writeString(
        parent.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: shop
            static_configs: [{targets: ['127.0.0.1:%d']}]
          - job_name: gone
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
            .formatted(service.getAddress().getPort(), LocalProcess.freePort()));
    Files.writeString(
        parent.resolve("rules.yml"),
        """
        groups:
          - name: shop
            rules:
              - {alert: ShopSlow, expr: 'p95 > 1'}
              - {alert: ShopGone, expr: 'up{job="gone"} == 0'}
              - {alert: Broken, expr: 'errors * on() group_left() {__name__=~"errors|p95"} > 100'}
        """);
  }

  @AfterAll
  static void stop() {
    prometheus.close();
    service.stop(0);
  }

  @BeforeEach
  void plan() {
    examining = new Examining(folder);
    ObjectNode metrics = (ObjectNode) examining.plan.get("metrics");
    metrics.put("prometheus", "http://127.0.0.1:" + PORT);
    metrics.put("samples", "errors * 0 + 1000");
    examining.traffic = Examining.all(Slot.BLUE);
  }

  @Test
  void itIsReadyAndItsClockIsOurs() {
    assertThat(examining.of(Subject.PROMETHEUS).value())
        .isEqualTo("prometheus at 127.0.0.1:%d is ready".formatted(PORT));
    examining.plan.remove("database");
    assertThat(examining.of(Subject.CLOCK).value()).startsWith("the clock of prometheus at ");
    assertThat(examining.of(Subject.CLOCK).state()).isEqualTo(State.PASS);
  }

  @Test
  void aTargetThatIsUpPassesAndOneThatIsDownFailsByItsName() {
    Waiting.until("scraped", SOON, () -> state(Subject.TARGETS, "shop") == State.PASS);
    Waiting.until("missed", SOON, () -> state(Subject.TARGETS, "gone") == State.FAIL);

    assertThat(examining.of(Subject.TARGETS, null, "shop").value())
        .isEqualTo("1 targets of shop are up");
    assertThat(examining.of(Subject.TARGETS).value())
        .startsWith("not scraped: gone 127.0.0.1:")
        .contains("connection refused");
    assertThat(examining.of(Subject.TARGETS, null, "shop", "payments").value())
        .isEqualTo("not scraped: payments (no target of this job)");
  }

  @Test
  void aRuleThatIsEvaluatedPassesOneThatFailsOrIsMissingDoesNot() {
    Waiting.until("evaluated", SOON, () -> state(Subject.ALERT_RULES, "ShopSlow") == State.PASS);
    Waiting.until("broken", SOON, () -> state(Subject.ALERT_RULES, "Broken") == State.FAIL);

    assertThat(examining.of(Subject.ALERT_RULES, null, "ShopSlow").value())
        .isEqualTo("1 alert rules: ShopSlow");
    assertThat(examining.of(Subject.ALERT_RULES).value()).startsWith("Broken (");
    assertThat(examining.of(Subject.ALERT_RULES, null, "ShopSlow", "ShopDead").value())
        .isEqualTo("ShopDead (not loaded)");
  }

  @Test
  void anAlertThatFiresFailsAndOneThatIsNotLoadedIsNoData() {
    Waiting.until("fires", SOON, () -> state(Subject.ALERTS, "ShopGone") == State.FAIL);

    assertThat(examining.of(Subject.ALERTS).value()).startsWith("1 fire: ShopGone since 20");
    assertThat(state(Subject.ALERTS, "ShopSlow")).isEqualTo(State.PASS);
    assertThat(examining.of(Subject.ALERTS, null, "ShopDead"))
        .extracting(ProbeResult::state, ProbeResult::value)
        .containsExactly(
            State.NO_DATA, "no alert rule ShopDead is loaded, so that it could not fire; load it");
  }

  @Test
  void everyLimitHasAnAnswerOrIsNoData() {
    queries("errors", "p95", "up{job=\"shop\"}");
    Waiting.until("data", SOON, () -> examining.of(Subject.LIMITS).state() == State.PASS);
    assertThat(examining.of(Subject.LIMITS).value()).contains("p95 0.2000 (limit: p95 above");

    queries("errors", "never_seen", "up{job=\"shop\"}");
    assertThat(examining.of(Subject.LIMITS).state()).isEqualTo(State.NO_DATA);

    queries("errors * 50", "p95", "up{job=\"shop\"}");
    assertThat(examining.of(Subject.LIMITS).value())
        .startsWith("over its limit before anything moved: error-rate 0.5");
  }

  @Test
  void aSeriesThatHasJustBegunHasNoHistory() {
    queries("errors", "p95", "up{job=\"shop\"}");
    Waiting.until("data", SOON, () -> examining.of(Subject.LIMITS).state() != State.NO_DATA);

    assertThat(examining.of(Subject.HISTORY, "1d").state()).isEqualTo(State.FAIL);
    Waiting.until("24 ms", SOON, () -> examining.of(Subject.HISTORY, "240ms").passed());
    assertThat(examining.of(Subject.HISTORY, "1d").value()).contains("of 25 moments");
  }

  @Test
  void nobodyThereIsNoDataForEverySubject() {
    ((ObjectNode) examining.plan.get("metrics"))
        .put("prometheus", "http://127.0.0.1:" + LocalProcess.freePort());

    assertThat(
            examining.all(
                Examining.item("a", Subject.PROMETHEUS, null),
                Examining.item("b", Subject.TARGETS, null),
                Examining.item("c", Subject.ALERT_RULES, null),
                Examining.item("d", Subject.ALERTS, null),
                Examining.item("e", Subject.LIMITS, null),
                Examining.item("f", Subject.HISTORY, null)))
        .allSatisfy(result -> {
          assertThat(result.state()).isEqualTo(State.NO_DATA);
          assertThat(result.value()).isNotBlank();
        })
        .extracting(ProbeResult::check)
        .containsExactly("a", "b", "c", "d", "e", "f");
  }

  private void queries(String errorRate, String p95, String availability) {
    ((ObjectNode) examining.plan.at("/metrics/queries"))
        .put("error-rate", errorRate)
        .put("p95", p95)
        .put("availability", availability);
  }

  private State state(Subject subject, String name) {
    return examining.of(subject, null, name).state();
  }
}
