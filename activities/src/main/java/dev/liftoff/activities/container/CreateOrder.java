package dev.liftoff.activities.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.liftoff.LaunchId;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A candidate as the engine is asked to make it. */
record CreateOrder(LaunchId launch, Endpoint endpoint, Image image, ContainerSpec spec) {
  private static final Map<String, String> LOG_BOUNDS = Map.of("max-size", "10m", "max-file", "3");
  private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(5);
  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(3);
  private static final int HEALTH_RETRIES = 3;
  private static final double NANOS = 1e9;

  void send(DockerClient client, List<String> variables) {
    CreateContainerCmd command =
        client
            .createContainerCmd(image.id())
            .withName(endpoint.container())
            .withLabels(Labels.of(launch, endpoint, image, spec))
            .withEnv(variables)
            .withIpv4Address(endpoint.address().getHost())
            .withStopTimeout(Math.toIntExact(spec.stopLimit().toSeconds()))
            .withHostConfig(host());
    if (!spec.healthCommand().isEmpty()) {
      command.withHealthcheck(health());
    }
    command.exec();
  }

  private HostConfig host() {
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode(spec.network())
            // Until it was ready once: an engine that restarts a candidate hides that it fails.
            .withRestartPolicy(RestartPolicy.noRestart())
            .withLogConfig(new LogConfig(LoggingType.JSON_FILE, LOG_BOUNDS))
            .withInit(true)
            .withMounts(mounts());
    if (spec.memoryBytes() > 0) {
      host.withMemory(spec.memoryBytes());
    }
    if (spec.cpus() > 0) {
      host.withNanoCPUs(Math.round(spec.cpus() * NANOS));
    }
    return host;
  }

  /** Mounts, not binds: for a bind the engine makes a missing source as an empty folder. */
  private List<Mount> mounts() {
    return spec.mounts().entrySet().stream()
        .map(each ->
            new Mount()
                .withType(MountType.BIND)
                .withSource(each.getKey())
                .withTarget(each.getValue())
                .withReadOnly(true))
        .toList();
  }

  private HealthCheck health() {
    return new HealthCheck()
        .withTest(List.of("CMD-SHELL", String.join(" ", spec.healthCommand())))
        .withInterval(HEALTH_INTERVAL.toNanos())
        .withTimeout(HEALTH_LIMIT.toNanos())
        .withStartPeriod(spec.startLimit().toNanos())
        .withRetries(HEALTH_RETRIES);
  }
}
