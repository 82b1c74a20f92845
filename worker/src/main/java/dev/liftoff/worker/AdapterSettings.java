package dev.liftoff.worker;

import dev.liftoff.activities.container.DockerContainers;
import dev.liftoff.activities.traffic.HaproxyTraffic;
import dev.liftoff.activities.traffic.NginxTraffic;
import java.time.Duration;

/**
 * Which adapter stands behind each port, and its settings: what is written below {@code liftoff}.
 */
record AdapterSettings(
    ContainerChoice containers,
    DatabaseChoice database,
    TrafficChoice traffic,
    ProbeChoice probe,
    MetricsChoice metrics,
    NotifierChoice notifier,
    ConfigFilesChoice configFiles) {

  sealed interface ContainerChoice {
    record Docker(DockerContainers.Settings settings) implements ContainerChoice {}

    record Simulated() implements ContainerChoice {}
  }

  sealed interface DatabaseChoice {
    record Simulated() implements DatabaseChoice {}
  }

  sealed interface TrafficChoice {
    record Haproxy(HaproxyTraffic.Settings settings) implements TrafficChoice {}

    record Nginx(NginxTraffic.Settings settings) implements TrafficChoice {}

    record Simulated() implements TrafficChoice {}
  }

  sealed interface ProbeChoice {
    record Simulated() implements ProbeChoice {}
  }

  sealed interface MetricsChoice {
    record Prometheus(Duration callLimit) implements MetricsChoice {}

    record Simulated() implements MetricsChoice {}
  }

  sealed interface NotifierChoice {
    record Simulated() implements NotifierChoice {}
  }

  sealed interface ConfigFilesChoice {
    record Simulated() implements ConfigFilesChoice {}
  }
}
