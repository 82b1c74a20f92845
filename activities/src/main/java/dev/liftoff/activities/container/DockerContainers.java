package dev.liftoff.activities.container;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Containers;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Evidence;
import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.LogScan;
import dev.liftoff.container.Slot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers on a Docker engine. A slot is a container with a fixed name and a fixed address in the
 * plan's network; no port is published on the host. The engine is first spoken to when a launch
 * needs it.
 */
public final class DockerContainers implements Containers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DockerContainers.class);

  private final Settings settings;
  private final Secrets secrets;
  private final Engine engine;
  private final OurContainers ours;
  private final Images images;
  private final Logs logs;
  private final Readiness readiness;

  /**
   * Where the engine is and how long it may take.
   *
   * @param artifacts where evidence is saved, a folder per launch
   * @param engine such as {@code unix:///var/run/docker.sock}
   * @param callLimit of one call to the engine
   * @param pullLimit of one pull of an image
   * @param registryLimit how long a registry that cannot be reached is tried
   * @param logLimit of reading a container's logs
   * @param readyInterval between two looks whether a candidate is ready
   * @param probeLimit of one such look
   * @param stopSettling how long the engine may take to end a container beyond its drain limit
   */
  public record Settings(
      Path artifacts,
      URI engine,
      Duration callLimit,
      Duration pullLimit,
      Duration registryLimit,
      Duration logLimit,
      Duration readyInterval,
      Duration probeLimit,
      Duration stopSettling) {

    /** The engine of this host with limits that fit a production host. */
    public static Settings in(Path artifacts) {
      return on(URI.create("unix:///var/run/docker.sock"), artifacts);
    }

    public static Settings on(URI engine, Path artifacts) {
      return new Settings(
          artifacts,
          engine,
          Duration.ofSeconds(15),
          Duration.ofMinutes(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofSeconds(15));
    }

    public Settings withCallLimit(Duration limit) {
      return new Settings(
          artifacts,
          engine,
          limit,
          pullLimit,
          registryLimit,
          logLimit,
          readyInterval,
          probeLimit,
          stopSettling);
    }

    public Settings withRegistryLimit(Duration limit) {
      return new Settings(
          artifacts,
          engine,
          callLimit,
          pullLimit,
          limit,
          logLimit,
          readyInterval,
          probeLimit,
          stopSettling);
    }
  }

  public DockerContainers(Settings settings, Secrets secrets, Heartbeat heartbeat) {
    this.settings = settings;
    this.secrets = secrets;
    this.engine = new Engine(settings.engine(), settings.callLimit(), heartbeat, secrets);
    this.ours = new OurContainers(engine);
    this.images = new Images(engine, settings.pullLimit(), settings.registryLimit());
    this.logs = new Logs(engine, secrets, settings.logLimit());
    this.readiness = new Readiness(settings.probeLimit());
  }

  @Override
  public Image pin(LaunchId launch, ImageReference wanted) {
    return images.pin(wanted);
  }

  @Override
  public List<Endpoint> running(LaunchId launch, ContainerSpec spec) {
    return ours.running(launch, spec);
  }

  @Override
  public Endpoint start(LaunchId launch, Slot slot, Image image, ContainerSpec spec) {
    Endpoint endpoint = Endpoint.in(slot, launch, spec);
    new CandidateStart(
            new CreateOrder(launch, endpoint, image, spec),
            new CandidateStart.Workshop(engine, ours, images, logs, secrets, readiness, settings))
        .run();
    return endpoint;
  }

  @Override
  public LogScan scanLogs(LaunchId launch, Endpoint endpoint, List<String> errorPatterns) {
    return ours.of(launch, endpoint)
        .map(container -> logs.scan(container, errorPatterns))
        .orElse(new LogScan(0, 0, List.of()));
  }

  @Override
  public Evidence capture(LaunchId launch, Endpoint endpoint) {
    EvidenceFolder folder = new EvidenceFolder(settings.artifacts(), launch, endpoint.container());
    return ours.of(launch, endpoint)
        .map(container -> folder.save(container, logs, secrets))
        .orElseGet(folder::existing);
  }

  @Override
  public int stop(LaunchId launch, Endpoint endpoint, Duration limit) {
    ours.of(launch, endpoint)
        .filter(Found::running)
        .ifPresent(container -> askToEnd(container, limit));
    return ours.of(launch, endpoint).map(this::stopped).orElse(-1);
  }

  @Override
  public void remove(LaunchId launch, Endpoint endpoint) {
    ours.of(launch, endpoint).ifPresent(this::removeStopped);
  }

  @Override
  public void close() {
    engine.close();
  }

  private void askToEnd(Found container, Duration limit) {
    if (container.paused()) {
      // A paused process hears no signal.
      engine.settle(
          "resume " + container.name(),
          settings.callLimit(),
          client -> client.unpauseContainerCmd(container.id()).exec());
    }
    engine.settle(
        "stop " + container.name(),
        limit.plus(settings.stopSettling()),
        client -> client.stopContainerCmd(container.id()).withTimeout(wholeSeconds(limit)).exec());
  }

  private int stopped(Found container) {
    if (container.running()) {
      throw new IllegalStateException(container.name() + " still runs after it was stopped");
    }
    log.info(
        "container is stopped container={} exitCode={}", container.name(), container.exitCode());
    return container.exitCode();
  }

  private void removeStopped(Found container) {
    if (container.running()) {
      throw FailureType.NOT_OURS.permanent(
          container.name() + " still runs and is not removed; stop it first");
    }
    engine.settle(
        "remove " + container.name(),
        settings.callLimit(),
        client -> client.removeContainerCmd(container.id()).withRemoveVolumes(true).exec());
  }

  private static int wholeSeconds(Duration limit) {
    return Math.toIntExact(limit.plusMillis(999).toSeconds());
  }
}
