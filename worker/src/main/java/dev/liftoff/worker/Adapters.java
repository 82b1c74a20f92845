package dev.liftoff.worker;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.alerts.AlertmanagerAlerts;
import dev.liftoff.activities.compatibility.DockerCompatibility;
import dev.liftoff.activities.config.LocalConfigFiles;
import dev.liftoff.activities.container.DockerContainers;
import dev.liftoff.activities.container.DockerOneOff;
import dev.liftoff.activities.container.OneOff;
import dev.liftoff.activities.database.CopyServers;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.pace.ServiceLatency;
import dev.liftoff.activities.database.proof.PhysicalCopies;
import dev.liftoff.activities.database.retention.LeftScratch;
import dev.liftoff.activities.metrics.PrometheusMetrics;
import dev.liftoff.activities.notify.ChannelNotifier;
import dev.liftoff.activities.people.TokenFileIdentity;
import dev.liftoff.activities.probe.NetworkProbe;
import dev.liftoff.activities.readiness.PackagedChecklists;
import dev.liftoff.activities.traffic.HaproxyTraffic;
import dev.liftoff.activities.traffic.NginxTraffic;
import dev.liftoff.alerts.Alerts;
import dev.liftoff.checklist.Checklists;
import dev.liftoff.compatibility.Compatibility;
import dev.liftoff.config.ConfigFiles;
import dev.liftoff.container.Containers;
import dev.liftoff.database.Database;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.notify.Notifier;
import dev.liftoff.notify.form.OnCall;
import dev.liftoff.people.Identity;
import dev.liftoff.probe.Probe;
import dev.liftoff.simulation.SimulatedAlerts;
import dev.liftoff.simulation.SimulatedCompatibility;
import dev.liftoff.simulation.SimulatedConfigFiles;
import dev.liftoff.simulation.SimulatedContainers;
import dev.liftoff.simulation.SimulatedDatabase;
import dev.liftoff.simulation.SimulatedIdentity;
import dev.liftoff.simulation.SimulatedNotifier;
import dev.liftoff.simulation.SimulatedProbe;
import dev.liftoff.simulation.SimulatedTraffic;
import dev.liftoff.traffic.Traffic;
import dev.liftoff.worker.AdapterSettings.ConfigFilesChoice;
import dev.liftoff.worker.AdapterSettings.ContainerChoice;
import dev.liftoff.worker.AdapterSettings.DatabaseChoice;
import dev.liftoff.worker.AdapterSettings.IdentityChoice;
import dev.liftoff.worker.AdapterSettings.MetricsChoice;
import dev.liftoff.worker.AdapterSettings.NotifierChoice;
import dev.liftoff.worker.AdapterSettings.ProbeChoice;
import dev.liftoff.worker.AdapterSettings.TrafficChoice;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One adapter per port, as the settings choose. application.yaml names these beans by task queue.
 */
@Configuration(proxyBeanMethods = false)
class Adapters {
  private static final Logger log = LoggerFactory.getLogger(Adapters.class);

  private static final Duration TRIAL_CHECK = Duration.ofSeconds(5);
  private static final Duration TRIAL_CONNECT = Duration.ofSeconds(10);

  private final Heartbeat heartbeat = Heartbeat.ofActivity();

  @Bean
  Secrets secrets() {
    return Secrets.ofProcess();
  }

  @Bean
  Containers containers(AdapterSettings settings, Secrets secrets) {
    return switch (settings.containers()) {
      case ContainerChoice.Docker(var docker) -> new DockerContainers(docker, secrets, heartbeat);
      case ContainerChoice.Simulated() -> new SimulatedContainers();
    };
  }

  @Bean
  Database database(AdapterSettings settings, Secrets secrets, OneOff oneOff, Metrics metrics) {
    return switch (settings.database()) {
      case DatabaseChoice.Postgres(var postgres) ->
          new PostgresDatabase(postgres, secrets, heartbeat, oneOff, ServiceLatency.by(metrics));
      case DatabaseChoice.Simulated() -> new SimulatedDatabase();
    };
  }

  /** A launch that was terminated cannot remove what it left. */
  @Bean
  BeforeWork sweptScratch(AdapterSettings settings, Secrets secrets, WorkflowClient client) {
    return () -> {
      if (settings.database() instanceof DatabaseChoice.Postgres(var postgres)) {
        LeftScratch left =
            new LeftScratch(
                postgres.artifacts(),
                postgres.copies().servers(),
                secrets,
                postgres.connectLimit());
        Thread.ofVirtual().name("left-scratch").start(new SweptScratch(left, client)::sweep);
      }
    };
  }

  /** Migration commands and tests run where the candidate will. */
  @Bean
  OneOff oneOff(AdapterSettings settings, Secrets secrets) {
    return switch (settings.containers()) {
      case ContainerChoice.Docker(var docker) -> new DockerOneOff(docker, secrets);
      case ContainerChoice.Simulated() -> OneOff.none();
    };
  }

  /** Reached through the same engine and the same network as the launch itself. */
  @Bean
  Compatibility compatibility(AdapterSettings settings, Secrets secrets) {
    return switch (settings.containers()) {
      case ContainerChoice.Docker(var docker) ->
          new DockerCompatibility(
              new DockerCompatibility.Settings(
                  docker, new NetworkProbe.Settings(TRIAL_CHECK), TRIAL_CONNECT, null),
              secrets,
              copies(settings),
              heartbeat);
      case ContainerChoice.Simulated() -> new SimulatedCompatibility();
    };
  }

  private static CopyServers copies(AdapterSettings settings) {
    return switch (settings.database()) {
      case DatabaseChoice.Postgres(var postgres) -> postgres.copies();
      case DatabaseChoice.Simulated() -> CopyServers.OF_LIVE;
    };
  }

  /** A worker that was killed may have left servers of its launches' copies running. */
  @Bean
  BeforeWork sweptCopies(AdapterSettings settings) {
    return () -> {
      if (settings.database() instanceof DatabaseChoice.Postgres(var postgres)) {
        sweep(postgres.copies());
      }
    };
  }

  private static void sweep(PhysicalCopies copies) {
    try {
      copies
          .servers()
          .sweep(Instant.now())
          .forEach(copy -> log.info("a server of a worker that is gone was stopped copy={}", copy));
    } catch (IOException | RuntimeException unreadable) {
      log.warn("servers of copies could not be looked for: {}", unreadable.getMessage());
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
    }
  }

  @Bean
  Traffic traffic(AdapterSettings settings) {
    return switch (settings.traffic()) {
      case TrafficChoice.Haproxy(var haproxy) -> new HaproxyTraffic(haproxy, heartbeat);
      case TrafficChoice.Nginx(var nginx) -> new NginxTraffic(nginx, heartbeat);
      case TrafficChoice.Simulated() -> new SimulatedTraffic();
    };
  }

  /** The worker may have ended between the file and the running proxy. */
  @Bean
  BeforeWork reconciledTraffic(Traffic traffic) {
    return () -> {
      if (traffic instanceof HaproxyTraffic haproxy) {
        reconcile(haproxy);
      }
    };
  }

  private static void reconcile(HaproxyTraffic haproxy) {
    try {
      log.info("traffic {}", haproxy.reconcile());
    } catch (RuntimeException away) {
      log.warn("the proxy could not be compared with its file: {}", away.getMessage());
    }
  }

  @Bean
  Probe probe(AdapterSettings settings, Secrets secrets, OneOff oneOff) {
    return switch (settings.probe()) {
      case ProbeChoice.Network(var network) ->
          new NetworkProbe(network, secrets, heartbeat, oneOff);
      case ProbeChoice.Simulated() -> new SimulatedProbe();
    };
  }

  @Bean
  Metrics metrics(AdapterSettings settings, Traffic traffic) {
    return switch (settings.metrics()) {
      case MetricsChoice.Prometheus(var callLimit) ->
          new PrometheusMetrics(new PrometheusMetrics.Settings(callLimit, Clock.systemUTC()));
      case MetricsChoice.Simulated() -> new SimulatedMonitoring(traffic, heartbeat).metrics();
    };
  }

  /** Whoever has the metrics has the alerts; where they are is in the plan. */
  @Bean
  Alerts alerts(AdapterSettings settings) {
    return switch (settings.metrics()) {
      case MetricsChoice.Prometheus(var callLimit) ->
          new AlertmanagerAlerts(new AlertmanagerAlerts.Settings(callLimit, Clock.systemUTC()));
      case MetricsChoice.Simulated() -> new SimulatedAlerts();
    };
  }

  @Bean
  Notifier notifier(AdapterSettings settings, Secrets secrets) {
    return switch (settings.notifier()) {
      case NotifierChoice.Channels(var channels) ->
          new ChannelNotifier(
              new ChannelNotifier.Settings(channels.channelLimit(), OnCall.of(channels.onCall())),
              ChosenChannels.of(channels, secrets),
              secrets,
              () -> Activity.getExecutionContext().getInfo().getAttempt() > 1);
      case NotifierChoice.Simulated() -> new SimulatedNotifier();
    };
  }

  /** What comes with this worker; nothing of the outside. */
  @Bean
  Checklists checklists() {
    return new PackagedChecklists();
  }

  @Bean
  ConfigFiles configFiles(AdapterSettings settings) {
    return switch (settings.configFiles()) {
      case ConfigFilesChoice.Local(var local) -> new LocalConfigFiles(local);
      case ConfigFilesChoice.Simulated() -> new SimulatedConfigFiles();
    };
  }

  @Bean
  Identity identity(AdapterSettings settings) {
    return switch (settings.people()) {
      case IdentityChoice.TokenFile(var people) -> new TokenFileIdentity(people, Clock.systemUTC());
      case IdentityChoice.Simulated() -> new SimulatedIdentity();
    };
  }

  /** Whoever runs a worker for production must not learn it from a status only. */
  @Bean
  BeforeWork warnedOfPeople(Identity identity) {
    return () -> {
      if (identity instanceof TokenFileIdentity people && people.warning() != null) {
        log.warn("{}", people.warning());
      }
    };
  }
}
