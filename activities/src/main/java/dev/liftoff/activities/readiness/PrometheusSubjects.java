package dev.liftoff.activities.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether Prometheus sees the service, and whether it would call somebody. */
record PrometheusSubjects(Asked asked) {
  private static final int OK = 200;
  private static final int MOST_NAMES = 5;
  private static final double MILLIS = 1_000;

  private PrometheusApi api() {
    return new PrometheusApi(asked.plan().metrics().prometheus(), asked.patience());
  }

  Seen ready() throws IOException {
    PrometheusApi api = api();
    int status = api.status("-/ready");
    return Seen.held(
        status == OK,
        "%s is %s".formatted(api.place(), status == OK ? "ready" : "not ready: " + status),
        "ready");
  }

  Seen clock() throws Exception {
    PrometheusApi api = api();
    return Clocks.compared(
        api.place(),
        asked.duration(),
        () -> {
          JsonNode scalar = api.data("api/v1/query", "query", "time()").path("result");
          return Instant.ofEpochMilli(Math.round(scalar.path(0).asDouble() * MILLIS));
        });
  }

  /** A target that was never scraped yet is not measured; one that is down, fails. */
  Seen targets() throws IOException {
    String limit = "each is scraped";
    List<String> down = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    Set<String> jobs = new TreeSet<>();
    int up = 0;
    for (JsonNode target : api().data("api/v1/targets", "state", "active").path("activeTargets")) {
      String job = target.at("/labels/job").asText();
      if (!asked.concerns(job)) {
        continue;
      }
      jobs.add(job);
      String name = job + " " + target.at("/labels/instance").asText();
      switch (target.path("health").asText()) {
        case "up" -> up++;
        case "down" -> down.add(name + " (" + target.path("lastError").asText() + ")");
        default -> unknown.add(name);
      }
    }
    asked.names().stream()
        .filter(job -> !jobs.contains(job))
        .forEach(job -> down.add(job + " (no target of this job)"));
    if (!down.isEmpty()) {
      return Seen.fail("not scraped: " + some(down), limit);
    }
    if (!unknown.isEmpty()) {
      return Seen.noData("not scraped yet: " + some(unknown) + "; look again", limit);
    }
    return up == 0
        ? Seen.fail("prometheus has no target at all; add the service to scrape_configs", limit)
        : Seen.pass("%d targets of %s are up".formatted(up, String.join(", ", jobs)), limit);
  }

  Seen rules() throws IOException {
    String limit = "loaded, evaluated without an error";
    List<String> wrong = new ArrayList<>();
    List<String> pending = new ArrayList<>();
    Set<String> loaded = new TreeSet<>();
    for (JsonNode rule : alertRules()) {
      String name = rule.path("name").asText();
      loaded.add(name);
      switch (rule.path("health").asText()) {
        case "ok" -> {}
        case "err" -> wrong.add(name + " (" + rule.path("lastError").asText() + ")");
        default -> pending.add(name);
      }
    }
    asked.names().stream()
        .filter(name -> !loaded.contains(name))
        .forEach(name -> wrong.add(name + " (not loaded)"));
    if (!wrong.isEmpty()) {
      return Seen.fail(some(wrong), limit);
    }
    if (!pending.isEmpty()) {
      return Seen.noData("not evaluated yet: " + some(pending) + "; look again", limit);
    }
    return loaded.isEmpty()
        ? Seen.fail("no alert rule is loaded; add some to rule_files", limit)
        : Seen.pass(
            "%d alert rules: %s".formatted(loaded.size(), some(List.copyOf(loaded))), limit);
  }

  /** A rule that is not loaded cannot fire: that is no good news. */
  Seen alerts() throws IOException {
    String limit = "none fires, silenced or not";
    Set<String> loaded = new TreeSet<>();
    alertRules().forEach(rule -> loaded.add(rule.path("name").asText()));
    List<String> absent = asked.names().stream().filter(name -> !loaded.contains(name)).toList();
    if (loaded.isEmpty() || !absent.isEmpty()) {
      return Seen.noData(
          "no alert rule %s is loaded, so that it could not fire; load it"
              .formatted(String.join(", ", absent)),
          limit);
    }
    List<String> firing = new ArrayList<>();
    for (JsonNode alert : api().data("api/v1/alerts").path("alerts")) {
      String name = alert.at("/labels/alertname").asText();
      if (alert.path("state").asText().equals("firing") && asked.concerns(name)) {
        firing.add("%s since %s".formatted(name, alert.path("activeAt").asText()));
      }
    }
    return firing.isEmpty()
        ? Seen.pass("no alert of %d rules fires".formatted(loaded.size()), limit)
        : Seen.fail("%d fire: %s".formatted(firing.size(), some(firing)), limit);
  }

  private List<JsonNode> alertRules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : api().data("api/v1/rules", "type", "alert").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        if (asked.concerns(rule.path("name").asText())) {
          rules.add(rule);
        }
      }
    }
    return rules;
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
        + (names.size() > MOST_NAMES ? " and %d more".formatted(names.size() - MOST_NAMES) : "");
  }
}
