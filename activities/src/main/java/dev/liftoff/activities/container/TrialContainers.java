package dev.liftoff.activities.container;

import com.github.dockerjava.api.DockerClient;
import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.Endpoint;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Containers in which a version is tried, one at a time for a service in an environment, in no
 * slot. Every method states a desired end and may be repeated.
 */
public final class TrialContainers implements AutoCloseable {
  private static final int LAST_WORDS = 5;
  private static final int LONGEST_LAST_WORDS = 600;

  private final DockerContainers.Settings settings;
  private final Engine engine;

  /** Without beats: what was made must go, also when nobody waits for this attempt any more. */
  private final Engine removing;

  private final OurContainers ours;
  private final Logs logs;
  private final Readiness readiness;

  public TrialContainers(DockerContainers.Settings settings, Secrets secrets, Heartbeat heartbeat) {
    this.settings = settings;
    this.engine = new Engine(settings.engine(), settings.callLimit(), heartbeat, secrets);
    this.removing = new Engine(settings.engine(), settings.callLimit(), Heartbeat.none(), secrets);
    this.ours = new OurContainers(engine);
    this.logs = new Logs(engine, secrets, settings.logLimit());
    this.readiness = new Readiness(settings.probeLimit());
  }

  /** How the running version runs; permanent {@code CONTAINER_FAILED} when it is gone. */
  public Recipe running(LaunchId launch, Endpoint baseline) {
    return ours.named(launch, baseline.container())
        .map(Recipe::of)
        .orElseThrow(() ->
            FailureType.CONTAINER_FAILED.permanent(
                "the running version %s is gone and cannot be tried; start it and launch again"
                    .formatted(baseline.container())));
  }

  /** The address of this host in the network, at which its containers reach the worker. */
  public Optional<InetAddress> hostIn(String network) {
    try {
      return HostAddress.in(
          engine.ask(
              "inspect network " + network,
              client -> client.inspectNetworkCmd().withNetworkId(network).exec()));
    } catch (EngineRefusal refused) {
      if (refused.status() == EngineRefusal.NOT_FOUND) {
        throw FailureType.CONTAINER_FAILED.permanent(
            "network %s does not exist; create it (docker network create --subnet …) or correct the network in the plan"
                .formatted(network));
      }
      throw refused;
    }
  }

  /** It runs. Answers why it is not ready, with its last words; empty when it is. */
  public Optional<String> start(TrialOrder order) {
    remove(order.launch());
    attempt(order, "make ", order::send);
    String name = TrialOrder.name(order.launch());
    attempt(order, "start ", client -> client.startContainerCmd(name).exec());
    return trouble(order);
  }

  /** It had the limit to drain, has ended, and is gone. */
  public void stop(TrialOrder order) {
    Duration limit = order.spec().stopLimit();
    int seconds = Math.toIntExact(limit.plusMillis(999).toSeconds());
    String name = TrialOrder.name(order.launch());
    engine.settle(
        "stop " + name,
        limit.plus(settings.stopSettling()),
        client -> client.stopContainerCmd(name).withTimeout(seconds).exec());
    remove(order.launch());
  }

  /** No container of a trial of this place exists, running or not; absent is success. */
  public void remove(LaunchId launch) {
    // An interrupted thread cannot reach the engine, and the container must go nevertheless.
    boolean interrupted = Thread.interrupted();
    try {
      new OurContainers(removing).trial(launch).ifPresent(this::remove);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void remove(Found leftover) {
    removing.settle(
        "remove " + leftover.name(),
        settings.callLimit(),
        client ->
            client
                .removeContainerCmd(leftover.id())
                .withForce(true)
                .withRemoveVolumes(true)
                .exec());
  }

  @Override
  public void close() {
    engine.close();
    removing.close();
  }

  private void attempt(TrialOrder order, String what, Consumer<DockerClient> call) {
    try {
      engine.settle(what + TrialOrder.name(order.launch()), settings.callLimit(), call);
    } catch (EngineRefusal refused) {
      throw new StartRefusals(engine, order.endpoint(), order.recipe().image(), order.spec())
          .of(refused);
    }
  }

  private Optional<String> trouble(TrialOrder order) {
    URI path = order.endpoint().address().resolve(order.spec().readyPath());
    Duration limit = order.spec().startLimit();
    Instant deadline = Instant.now().plus(limit);
    Optional<String> missing = readiness.missing(path);
    while (missing.isPresent()) {
      Found container = present(order.launch());
      if (!container.running()) {
        return Optional.of(words(container, exit(container)));
      }
      if (Instant.now().isAfter(deadline)) {
        String late =
            "was not ready within %d s: %s %s".formatted(limit.toSeconds(), path, missing.get());
        return Optional.of(words(container, late));
      }
      engine.beat("waiting until " + container.name() + " is ready");
      Pause.of(settings.readyInterval());
      missing = readiness.missing(path);
    }
    return Optional.empty();
  }

  private Found present(LaunchId launch) {
    return ours.trial(launch)
        .orElseThrow(() ->
            new IllegalStateException(
                TrialOrder.name(launch) + " was removed by somebody while it was tried"));
  }

  private static String exit(Found container) {
    return container.outOfMemory()
        ? "used more memory than its limit before it was ready"
        : "exited with code %d before it was ready".formatted(container.exitCode());
  }

  private String words(Found container, String how) {
    List<String> lines = logs.last(container, LAST_WORDS);
    String words = lines.isEmpty() ? "none" : String.join(" | ", lines);
    return how
        + "; its last words: "
        + words.substring(Math.max(0, words.length() - LONGEST_LAST_WORDS));
  }
}
