package dev.liftoff.activities.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Waiting;
import dev.liftoff.alerts.Alerts;
import dev.liftoff.alerts.AlertsContract;
import dev.liftoff.alerts.AlertsSpec;
import dev.liftoff.alerts.Firing;
import dev.liftoff.alerts.SilenceOrder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real Alertmanager of Debian, a new one for each test. */
class AlertmanagerAlertsIT extends AlertsContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LaunchId LAUNCH = new LaunchId("shop", "test", "v2", "ab12cd34");
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private int port;
  private LocalProcess alertmanager;
  private final Alertmanager http = new Alertmanager(Duration.ofSeconds(3));
  private final Alerts alerts =
      new AlertmanagerAlerts(
          new AlertmanagerAlerts.Settings(Duration.ofSeconds(2), Clock.systemUTC()));

  @BeforeEach
  void start() throws IOException {
    port = LocalProcess.freePort();
    Files.writeString(
        folder.resolve("alertmanager.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
    alertmanager =
        LocalProcess.start(
                folder,
                List.of(
                    "/usr/bin/prometheus-alertmanager",
                    "--config.file=alertmanager.yml",
                    "--storage.path=data",
                    "--cluster.listen-address=",
                    "--web.listen-address=127.0.0.1:" + port))
            .awaitPort(port);
  }

  @AfterEach
  void stop() {
    alertmanager.close();
  }

  @Override
  protected Alerts alerts() {
    return alerts;
  }

  @Override
  protected URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  protected void fire(Map<String, String> labels) {
    ObjectNode alert = JSON.createObjectNode();
    alert.set("labels", JSON.valueToTree(labels));
    try {
      http.post(url(), "alerts", JSON.createArrayNode().add(alert));
      Waiting.until("it fires", SOON, () -> names().contains(labels.get("alertname")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected List<Instant> silences() {
    List<Instant> ends = new ArrayList<>();
    try {
      for (JsonNode one : http.get(url(), "silences", List.of())) {
        if (one.path("status").path("state").asText().equals("active")) {
          ends.add(Instant.parse(one.path("endsAt").asText()));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return ends;
  }

  @Test
  void anAlertOfARuleOfPrometheusIsSeen() throws IOException {
    int prometheus = LocalProcess.freePort();
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {evaluation_interval: 1s}
        rule_files: [rules.yml]
        alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%d']}]}]}
        """
            .formatted(port));
    Files.writeString(
        folder.resolve("rules.yml"),
        """
        groups:
          - name: shop
            rules:
              - {alert: AlwaysBroken, expr: vector(1), labels: {severity: critical, service: shop}}
        """);
    try (LocalProcess _ =
        LocalProcess.start(
            folder,
            List.of(
                "/usr/bin/prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=tsdb",
                "--rules.alert.resend-delay=1s",
                "--web.listen-address=127.0.0.1:" + prometheus))) {
      Waiting.until("the rule fires", SOON, () -> !alerts.firing(LAUNCH, spec()).abort().isEmpty());
    }
    assertThat(alerts.firing(LAUNCH, spec()).abort().getFirst().name()).isEqualTo("AlwaysBroken");
  }

  @Test
  void anAlertmanagerThatIsAwayIsNotKnownAndNeverCalm() {
    alertmanager.close();

    Firing firing = alerts.firing(LAUNCH, spec());

    assertThat(firing.unseen()).startsWith(url() + " does not answer: ");
    assertThatThrownBy(() -> alerts.silence(LAUNCH, new SilenceOrder(spec(), Instant.now())))
        .hasMessageContaining("does not answer");
  }

  @Test
  void somethingElseThatAnswersIsNotKnownEither() {
    AlertsSpec elsewhere =
        new AlertsSpec(
            URI.create(url() + "/elsewhere"), spec().watch(), spec().abort(), spec().silence());

    assertThat(alerts.firing(LAUNCH, elsewhere).unseen()).contains("answered 404");
  }

  @Test
  void anEndInThePastIsRefusedWithTheWordsOfTheAlertmanager() {
    assertThatThrownBy(() -> alerts.silence(LAUNCH, new SilenceOrder(spec(), Instant.EPOCH)))
        .hasMessageContaining("answered 400");
  }

  @Test
  void aSilenceThatIsGoneIsWhatIsWanted() throws IOException {
    http.delete(url(), "5e1ac6d1-7c06-4b8e-a6ff-1e8c1cc7c7a5");
    alerts.silence(LAUNCH, new SilenceOrder(spec(), Instant.now().plusSeconds(600)));
    String id = http.get(url(), "silences", List.of()).get(0).path("id").asText();

    http.delete(url(), id);
    http.delete(url(), id);

    assertThat(silences()).isEmpty();
    assertThat(alerts.endSilences(LAUNCH, spec())).isEmpty();
  }

  private List<String> names() {
    Firing firing = alerts.firing(LAUNCH, new AlertsSpec(url(), any(), List.of(), List.of()));
    return firing.others().stream().map(dev.liftoff.alerts.Alert::name).toList();
  }

  private static dev.liftoff.alerts.Matchers any() {
    return dev.liftoff.alerts.Matchers.parse("alertname=~\".+\"");
  }
}
