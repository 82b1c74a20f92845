package dev.liftoff.activities.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Version;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The container engine as it is looked at before a launch: nothing is pulled, begun or ended. */
public final class EngineSight implements AutoCloseable {
  private final URI address;
  private final Engine engine;
  private final OurContainers ours;

  public EngineSight(DockerContainers.Settings settings, Secrets secrets) {
    this.address = settings.engine();
    this.engine = new Engine(address, settings.callLimit(), Heartbeat.none(), secrets);
    this.ours = new OurContainers(engine);
  }

  /**
   * An image that the host has.
   *
   * @param digests those of registries, without a name before them
   */
  public record LocalImage(String id, List<String> digests) {
    /** An image that was built here has no digest of a registry: its id counts. */
    public boolean is(String digest) {
      return id.equals(digest) || digests.contains(digest);
    }

    public String digest() {
      return digests.isEmpty() ? id : digests.getFirst();
    }
  }

  /**
   * A container of the service that runs.
   *
   * @param health as its own check says; {@code none} where it has none
   * @param restarts how often the engine has begun it anew
   * @param image the id of its image
   * @param imagePresent whether the host still has that
   */
  public record Serving(
      Endpoint endpoint,
      String health,
      int restarts,
      Instant startedAt,
      String image,
      boolean imagePresent) {}

  /** Its version, in words. */
  public String version() {
    Version version = engine.ask("tell its version", client -> client.versionCmd().exec());
    return "engine %s, API %s".formatted(version.getVersion(), version.getApiVersion());
  }

  /** Where it keeps images and containers; empty where that cannot be seen from this host. */
  public Optional<Path> root() {
    Info info = engine.ask("describe itself", client -> client.infoCmd().exec());
    return Optional.ofNullable(info.getDockerRootDir())
        .filter(_ -> "unix".equals(address.getScheme()))
        .map(Path::of)
        .filter(Files::isDirectory);
  }

  /** The image behind the reference, if the host has it. */
  public Optional<LocalImage> image(String reference) {
    return inspected(reference).map(found -> new LocalImage(found.getId(), digests(found)));
  }

  /** For a container that is to run; see {@link #image}. */
  public Optional<Image> pinned(String reference) {
    return image(reference).map(local -> new Image(reference, local.id()));
  }

  public List<Serving> running(LaunchId launch, ContainerSpec spec) {
    return ours.running(launch, spec).stream().map(this::serving).toList();
  }

  /**
   * The container that has this address in the network; empty when none has.
   *
   * @throws EngineRefusal when there is no such network
   */
  public Optional<String> holder(String network, String wanted) {
    Network found =
        engine.ask(
            "inspect the network " + network,
            client -> client.inspectNetworkCmd().withNetworkId(network).exec());
    Map<String, Network.ContainerNetworkConfig> attached = found.getContainers();
    return attached == null
        ? Optional.empty()
        : attached.entrySet().stream()
            .filter(each -> wanted.equals(withoutRange(each.getValue().getIpv4Address())))
            .map(each -> name(each.getKey()))
            .findFirst();
  }

  /** Whether this launch has made the container. */
  public boolean isOf(LaunchId launch, String container) {
    Found found =
        new Found(
            engine.ask(
                "inspect " + container, client -> client.inspectContainerCmd(container).exec()));
    return launch.toString().equals(found.label(Labels.LAUNCH));
  }

  @Override
  public void close() {
    engine.close();
  }

  private Serving serving(Endpoint endpoint) {
    InspectContainerResponse found =
        engine.ask(
            "inspect " + endpoint.container(),
            client -> client.inspectContainerCmd(endpoint.container()).exec());
    var health = found.getState().getHealth();
    Integer restarts = found.getRestartCount();
    return new Serving(
        endpoint,
        health == null || health.getStatus() == null ? "none" : health.getStatus(),
        restarts == null ? 0 : restarts,
        new Found(found).startedAt(),
        found.getImageId(),
        inspected(found.getImageId()).isPresent());
  }

  private String name(String container) {
    return engine
        .ask("inspect " + container, client -> client.inspectContainerCmd(container).exec())
        .getName()
        .replaceFirst("^/", "");
  }

  private Optional<InspectImageResponse> inspected(String reference) {
    try {
      return Optional.of(
          engine.ask(
              "inspect image " + reference, client -> client.inspectImageCmd(reference).exec()));
    } catch (EngineRefusal refused) {
      if (refused.status() == EngineRefusal.NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static List<String> digests(InspectImageResponse image) {
    List<String> named = image.getRepoDigests();
    return (named == null ? Stream.<String>of() : named.stream())
        .map(each -> each.substring(each.indexOf('@') + 1))
        .toList();
  }

  private static @Nullable String withoutRange(@Nullable String address) {
    return address == null ? null : address.replaceFirst("/.*", "");
  }
}
