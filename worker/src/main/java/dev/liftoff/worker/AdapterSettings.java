package dev.liftoff.worker;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.config.LocalConfigFiles;
import dev.liftoff.activities.container.DockerContainers;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.probe.NetworkProbe;
import dev.liftoff.activities.traffic.HaproxyTraffic;
import dev.liftoff.activities.traffic.NginxTraffic;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
    record Postgres(PostgresDatabase.Settings settings) implements DatabaseChoice {}

    record Simulated() implements DatabaseChoice {}
  }

  sealed interface TrafficChoice {
    record Haproxy(HaproxyTraffic.Settings settings) implements TrafficChoice {}

    record Nginx(NginxTraffic.Settings settings) implements TrafficChoice {}

    record Simulated() implements TrafficChoice {}
  }

  sealed interface ProbeChoice {
    record Network(NetworkProbe.Settings settings) implements ProbeChoice {}

    record Simulated() implements ProbeChoice {}
  }

  sealed interface MetricsChoice {
    record Prometheus(Duration callLimit) implements MetricsChoice {}

    record Simulated() implements MetricsChoice {}
  }

  sealed interface NotifierChoice {
    /** The log, and Slack where its webhook is given. */
    record Channels(Duration channelLimit, @Nullable SecretReference slack)
        implements NotifierChoice {}

    record Simulated() implements NotifierChoice {}
  }

  sealed interface ConfigFilesChoice {
    record Local(LocalConfigFiles.Settings settings) implements ConfigFilesChoice {}

    record Simulated() implements ConfigFilesChoice {}
  }
}
