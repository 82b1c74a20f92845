package dev.liftoff.worker;

import dev.liftoff.activities.config.LocalConfigFiles;
import dev.liftoff.activities.container.DockerContainers;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.people.PeopleSettings;
import dev.liftoff.activities.probe.NetworkProbe;
import dev.liftoff.activities.readiness.MeasuredReadiness;
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
    ConfigFilesChoice configFiles,
    IdentityChoice people,
    ReadinessChoice readiness) {

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
    /** The log, and every channel that is given. */
    record Channels(ChannelSettings settings) implements NotifierChoice {}

    record Simulated() implements NotifierChoice {}
  }

  sealed interface ConfigFilesChoice {
    record Local(LocalConfigFiles.Settings settings) implements ConfigFilesChoice {}

    record Simulated() implements ConfigFilesChoice {}
  }

  sealed interface IdentityChoice {
    /** Who may do what, and by which file somebody is known. */
    record TokenFile(PeopleSettings settings) implements IdentityChoice {}

    record Simulated() implements IdentityChoice {}
  }

  sealed interface ReadinessChoice {
    record Measured(MeasuredReadiness.Settings settings) implements ReadinessChoice {}

    record Simulated() implements ReadinessChoice {}
  }
}
