package dev.liftoff.simulation;

import dev.liftoff.LaunchId;
import dev.liftoff.alerts.Alert;
import dev.liftoff.alerts.Alerts;
import dev.liftoff.alerts.AlertsSpec;
import dev.liftoff.alerts.Firing;
import dev.liftoff.alerts.Matchers;
import dev.liftoff.alerts.SilenceOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An Alertmanager in which fires what is told to. */
public final class SimulatedAlerts implements Alerts {
  private final List<Map<String, String>> fires = new ArrayList<>();
  private final List<Silence> silences = new ArrayList<>();
  private boolean away;

  /** One that is active. */
  public record Silence(LaunchId launch, Matchers matchers, Instant end) {}

  public synchronized SimulatedAlerts fire(Map<String, String> labels) {
    fires.add(Map.copyOf(labels));
    return this;
  }

  /** Nothing fires any more, and it can be reached. */
  public synchronized SimulatedAlerts calm() {
    fires.clear();
    away = false;
    return this;
  }

  /** From now on it does not answer. */
  public synchronized SimulatedAlerts unreachable() {
    away = true;
    return this;
  }

  public synchronized List<Silence> silences() {
    return List.copyOf(silences);
  }

  @Override
  public synchronized Firing firing(LaunchId launch, AlertsSpec spec) {
    return away
        ? Firing.unseen("the simulated Alertmanager does not answer")
        : Firing.of(
            spec,
            fires.stream()
                .filter(spec.watch()::matches)
                .map(labels -> new Alert(labels, isSilenced(labels)))
                .toList());
  }

  @Override
  public synchronized List<String> silence(LaunchId launch, SilenceOrder order) {
    requireAnswer();
    for (Matchers matchers : order.spec().silence()) {
      if (silences.stream()
          .noneMatch(one -> one.launch().equals(launch) && one.matchers().equals(matchers))) {
        silences.add(new Silence(launch, matchers, order.end()));
      }
    }
    return order.spec().silence().stream()
        .map(matchers -> "silenced until " + order.end() + ": " + matchers)
        .toList();
  }

  @Override
  public synchronized List<String> endSilences(LaunchId launch, AlertsSpec spec) {
    requireAnswer();
    List<Silence> mine = silences.stream().filter(one -> one.launch().equals(launch)).toList();
    silences.removeAll(mine);
    return mine.stream().map(one -> "no longer silenced: " + one.matchers()).toList();
  }

  private boolean isSilenced(Map<String, String> labels) {
    return silences.stream().anyMatch(silence -> silence.matchers().matches(labels));
  }

  private void requireAnswer() {
    if (away) {
      throw new IllegalStateException("the simulated Alertmanager does not answer");
    }
  }
}
