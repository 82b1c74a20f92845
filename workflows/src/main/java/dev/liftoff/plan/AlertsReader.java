package dev.liftoff.plan;

import dev.liftoff.alerts.AlertsSpec;
import dev.liftoff.alerts.Matchers;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a launch asks the Alertmanager. */
final class AlertsReader {
  private static final Matchers CRITICAL = Matchers.parse("severity=\"critical\"");

  private AlertsReader() {}

  static @Nullable AlertsSpec read(Section root) {
    if (!root.has("alerts")) {
      return null;
    }
    Section alerts = root.section("alerts");
    List<Matchers> abort = alerts.texts("abort", Matchers::parse);
    AlertsSpec spec =
        new AlertsSpec(
            alerts.required("url", MetricsReader::url, URI.create("http://127.0.0.1:9093")),
            alerts.required("watch", Matchers::parse, CRITICAL),
            abort.isEmpty() ? List.of(CRITICAL) : abort,
            alerts.texts("silence", Matchers::parse));
    alerts.noMore();
    return spec;
  }

  /** A launch that is deaf to what would stop it must not begin. */
  static Optional<Problem> problem(LaunchPlan plan) {
    AlertsSpec spec = plan.alerts();
    if (spec == null) {
      return Optional.empty();
    }
    for (int i = 0; i < spec.silence().size(); i++) {
      Matchers silence = spec.silence().get(i);
      for (Matchers abort : spec.abort()) {
        if (silence.canMeet(abort)) {
          return Optional.of(
              new Problem(
                  "alerts.silence[" + i + "]",
                  "must not cover an alert that ends the launch: %s can match what alerts.abort has as %s; add a matcher such as severity=\"warning\""
                      .formatted(silence, abort)));
        }
      }
    }
    return Optional.empty();
  }
}
