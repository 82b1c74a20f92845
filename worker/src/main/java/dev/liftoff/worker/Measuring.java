package dev.liftoff.worker;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.container.EngineSight;
import dev.liftoff.activities.container.OneOff;
import dev.liftoff.activities.notify.Channel;
import dev.liftoff.activities.probe.NetworkProbe;
import dev.liftoff.activities.readiness.MeasuredReadiness;
import dev.liftoff.checklist.Readiness;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.simulation.SimulatedReadiness;
import dev.liftoff.traffic.Traffic;
import dev.liftoff.worker.AdapterSettings.ContainerChoice;
import dev.liftoff.worker.AdapterSettings.NotifierChoice;
import dev.liftoff.worker.AdapterSettings.ReadinessChoice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What answers the automatic items of a checklist, with the systems that the settings choose. */
@Configuration(proxyBeanMethods = false)
class Measuring {

  @Bean
  Readiness readiness(
      AdapterSettings settings,
      Secrets secrets,
      Traffic traffic,
      Metrics metrics,
      OneOff oneOff,
      TemporalConnection temporal) {
    return switch (settings.readiness()) {
      case ReadinessChoice.Measured(var measured) ->
          new MeasuredReadiness(
              measured,
              new MeasuredReadiness.Surroundings(
                  secrets,
                  probe(measured.itemLimit(), secrets, oneOff),
                  traffic,
                  metrics,
                  channels(settings, secrets),
                  new PolledQueues(temporal),
                  engine(settings, secrets)),
              Heartbeat.ofActivity());
      case ReadinessChoice.Simulated() -> new SimulatedReadiness();
    };
  }

  /** Items are answered on threads of their own, where no activity hears a heartbeat. */
  private static NetworkProbe probe(Duration limit, Secrets secrets, OneOff oneOff) {
    return new NetworkProbe(new NetworkProbe.Settings(limit), secrets, Heartbeat.none(), oneOff);
  }

  private static List<Channel> channels(AdapterSettings settings, Secrets secrets) {
    return switch (settings.notifier()) {
      case NotifierChoice.Channels(var channels) -> ChosenChannels.of(channels, secrets);
      case NotifierChoice.Simulated() -> List.of();
    };
  }

  private static @Nullable EngineSight engine(AdapterSettings settings, Secrets secrets) {
    return switch (settings.containers()) {
      case ContainerChoice.Docker(var docker) -> new EngineSight(docker, secrets);
      case ContainerChoice.Simulated() -> null;
    };
  }
}
