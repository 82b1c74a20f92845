package dev.liftoff.activities.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.LaunchId;
import dev.liftoff.alerts.Alert;
import dev.liftoff.alerts.Alerts;
import dev.liftoff.alerts.AlertsSpec;
import dev.liftoff.alerts.Firing;
import dev.liftoff.alerts.Matchers;
import dev.liftoff.alerts.SilenceOrder;
import dev.liftoff.metrics.LabelMatcher;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Alerts by the API of Alertmanager, version 2, as 0.25 of Debian answers it. */
public final class AlertmanagerAlerts implements Alerts {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How it is asked.
   *
   * @param callLimit how long one request may take
   */
  public record Settings(Duration callLimit, Clock clock) {}

  private final Settings settings;
  private final Alertmanager http;

  public AlertmanagerAlerts(Settings settings) {
    this.settings = settings;
    http = new Alertmanager(settings.callLimit());
  }

  /** Asked for those that are suppressed too: whether one counts is the launch's decision. */
  @Override
  public Firing firing(LaunchId launch, AlertsSpec spec) {
    try {
      JsonNode answer =
          http.get(
              spec.url(),
              "alerts",
              spec.watch().all().stream().map(LabelMatcher::toString).toList());
      List<Alert> firing = new ArrayList<>();
      for (JsonNode one : answer) {
        firing.add(alert(one));
      }
      return Firing.of(spec, firing);
    } catch (IOException unknown) {
      return Firing.unseen(String.valueOf(unknown.getMessage()));
    }
  }

  @Override
  public List<String> silence(LaunchId launch, SilenceOrder order) {
    try {
      List<String> lines = new ArrayList<>();
      for (Matchers matchers : order.spec().silence()) {
        if (standing(order.spec(), launch).stream()
            .noneMatch(one -> comment(one).equals(comment(launch, matchers)))) {
          http.post(order.spec().url(), "silences", body(launch, matchers, order.end()));
        }
        lines.add("silenced until " + order.end() + ": " + matchers);
      }
      return lines;
    } catch (IOException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  @Override
  public List<String> endSilences(LaunchId launch, AlertsSpec spec) {
    try {
      List<String> lines = new ArrayList<>();
      for (JsonNode one : standing(spec, launch)) {
        http.delete(spec.url(), one.path("id").asText());
        lines.add("no longer silenced: " + comment(one));
      }
      return lines;
    } catch (IOException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  private List<JsonNode> standing(AlertsSpec spec, LaunchId launch) throws IOException {
    List<JsonNode> mine = new ArrayList<>();
    for (JsonNode one : http.get(spec.url(), "silences", List.of())) {
      boolean over = one.path("status").path("state").asText().equals("expired");
      if (!over && one.path("createdBy").asText().equals(creator(launch))) {
        mine.add(one);
      }
    }
    return mine;
  }

  private ObjectNode body(LaunchId launch, Matchers matchers, Instant end) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode all = body.putArray("matchers");
    for (LabelMatcher matcher : matchers.all()) {
      all.addObject()
          .put("name", matcher.label())
          .put("value", matcher.value())
          .put("isRegex", matcher.operator().endsWith("~"))
          .put("isEqual", !matcher.operator().startsWith("!"));
    }
    return body.put("startsAt", settings.clock().instant().toString())
        .put("endsAt", end.toString())
        .put("createdBy", creator(launch))
        .put("comment", comment(launch, matchers));
  }

  private static String creator(LaunchId launch) {
    return "launch:" + launch;
  }

  private static String comment(LaunchId launch, Matchers matchers) {
    return "during a launch; key=" + launch + "/silence/" + matchers;
  }

  private static String comment(JsonNode silence) {
    return silence.path("comment").asText();
  }

  private static Alert alert(JsonNode one) {
    Map<String, String> labels = new TreeMap<>();
    one.path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return new Alert(labels, one.path("status").path("state").asText().equals("suppressed"));
  }
}
