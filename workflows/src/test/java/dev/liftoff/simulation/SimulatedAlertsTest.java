package dev.liftoff.simulation;

import dev.liftoff.alerts.Alerts;
import dev.liftoff.alerts.AlertsContract;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class SimulatedAlertsTest extends AlertsContract {
  private final SimulatedAlerts alerts = new SimulatedAlerts();

  @Override
  protected Alerts alerts() {
    return alerts;
  }

  @Override
  protected URI url() {
    return URI.create("http://127.0.0.1:9093");
  }

  @Override
  protected void fire(Map<String, String> labels) {
    alerts.fire(labels);
  }

  @Override
  protected List<Instant> silences() {
    return alerts.silences().stream().map(SimulatedAlerts.Silence::end).toList();
  }
}
