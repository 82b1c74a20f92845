package dev.liftoff.activities.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.liftoff.LaunchId;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A container under trial as the engine is asked to make it. It carries none of the labels by which
 * the containers of a service are found: no slot is taken, and nobody sends it traffic.
 *
 * @param address in the network of the spec
 * @param recipe of the version, with the variables that lead it to the copy
 */
public record TrialOrder(LaunchId launch, String address, Recipe recipe, ContainerSpec spec) {
  private static final Map<String, String> LOG_BOUNDS = Map.of("max-size", "10m", "max-file", "1");
  private static final double NANOS = 1e9;

  /** There is one for a service in an environment, as there is one launch. */
  static String name(LaunchId launch) {
    return launch.service() + "-" + launch.environment() + "-trial";
  }

  /** As checks see it. The slot says nothing: it is in none. */
  public Endpoint endpoint() {
    URI uri = URI.create("http://" + address + ":" + spec.port());
    return new Endpoint(Slot.GREEN, name(launch), launch.version(), uri);
  }

  void send(DockerClient client) {
    CreateContainerCmd command =
        client
            .createContainerCmd(recipe.image().id())
            .withName(name(launch))
            .withLabels(labels())
            .withEnv(recipe.variables())
            .withIpv4Address(address)
            .withStopTimeout(Math.toIntExact(spec.stopLimit().toSeconds()))
            .withHostConfig(host());
    if (!recipe.entrypoint().isEmpty()) {
      command.withEntrypoint(recipe.entrypoint());
    }
    if (!recipe.command().isEmpty()) {
      command.withCmd(recipe.command());
    }
    command.exec();
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Labels.TRIAL, launch.toString());
    labels.put(Labels.IMAGE, recipe.image().toString());
    labels.put(Labels.SECRETS, recipe.secretNames());
    return labels;
  }

  private HostConfig host() {
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode(spec.network())
            .withRestartPolicy(RestartPolicy.noRestart())
            .withLogConfig(new LogConfig(LoggingType.JSON_FILE, LOG_BOUNDS))
            .withInit(true)
            .withMounts(recipe.mounts());
    if (spec.memoryBytes() > 0) {
      host.withMemory(spec.memoryBytes());
    }
    if (spec.cpus() > 0) {
      host.withNanoCPUs(Math.round(spec.cpus() * NANOS));
    }
    return host;
  }
}
