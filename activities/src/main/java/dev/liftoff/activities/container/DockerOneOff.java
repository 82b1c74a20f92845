package dev.liftoff.activities.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Programs that run once, as containers on a Docker engine. They carry the launch's label, but not
 * those of the service: they are in no slot.
 */
public final class DockerOneOff implements OneOff, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DockerOneOff.class);
  private static final String ONE_OFF = "dev.liftoff.one-off";
  private static final Map<String, String> LOG_BOUNDS = Map.of("max-size", "10m", "max-file", "1");
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int STOP_SECONDS = 10;
  private static final int LAST_LINES = 20;

  private final DockerContainers.Settings settings;
  private final Engine engine;
  private final Logs logs;

  /** The caller beats while it waits for an answer. */
  public DockerOneOff(DockerContainers.Settings settings, Secrets secrets) {
    this.settings = settings;
    this.engine = new Engine(settings.engine(), settings.callLimit(), Heartbeat.none(), secrets);
    this.logs = new Logs(engine, secrets, settings.logLimit());
  }

  @Override
  public Ended run(Order order) throws InterruptedException {
    Found container = begin(order);
    try {
      boolean inTime = awaitEnd(order);
      Found ended = present(order);
      Ended answer = new Ended(ended.exitCode(), inTime, logs.last(ended, LAST_LINES));
      remove(ended);
      log.info("one-off ended container={} exitCode={}", order.name(), ended.exitCode());
      return answer;
    } catch (InterruptedException | RuntimeException failed) {
      if (failed instanceof InterruptedException || Thread.interrupted()) {
        // Nobody waits for it any more: it must not go on alone.
        stop(container);
        remove(container);
        Thread.currentThread().interrupt();
      }
      throw failed;
    }
  }

  @Override
  public void discard(LaunchId launch, String name) {
    inspect(name)
        .filter(found -> found.label(ONE_OFF).equals(name))
        .filter(found -> found.label(Labels.LAUNCH).equals(launch.toString()))
        .ifPresent(leftover -> {
          stop(leftover);
          remove(leftover);
          log.info("one-off of an earlier attempt is ended container={}", name);
        });
  }

  @Override
  public Optional<InetAddress> hostIn(String network) {
    try {
      return HostAddress.in(
          engine.ask(
              "inspect network " + network,
              client -> client.inspectNetworkCmd().withNetworkId(network).exec()));
    } catch (EngineRefusal refused) {
      if (refused.status() == EngineRefusal.NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public Optional<String> address(Order order) {
    return inspect(order.name())
        .map(found -> found.inspected().getNetworkSettings().getNetworks().get(order.network()))
        .map(ContainerNetwork::getIpAddress)
        .filter(address -> !address.isEmpty());
  }

  /** It runs, or has ended, when this returns. */
  Found begin(Order order) {
    Found container = placed(order);
    if (container.inspected().getState().getStatus().equals("created")) {
      attempt("start " + order.name(), client -> client.startContainerCmd(container.id()).exec());
    }
    return container;
  }

  @Override
  public void close() {
    engine.close();
  }

  private Found placed(Order order) {
    Optional<Found> there = inspect(order.name());
    if (there.isPresent() && isOf(order, there.get())) {
      return there.get();
    }
    there.ifPresent(found -> makeRoom(order, found));
    attempt("make " + order.name(), client -> create(client, order));
    return present(order);
  }

  /** One of an earlier launch that has ended is in nobody's way. */
  private void makeRoom(Order order, Found other) {
    if (!other.label(ONE_OFF).equals(order.name()) || other.running()) {
      throw FailureType.NOT_OURS.permanent(
          "container %s is not this launch's (%s) and is left alone; wait for its end or remove it"
              .formatted(order.name(), other.label(Labels.LAUNCH)));
    }
    remove(other);
  }

  private static boolean isOf(Order order, Found found) {
    return found.label(ONE_OFF).equals(order.name())
        && found.label(Labels.LAUNCH).equals(order.launch().toString())
        && found.label(Labels.IMAGE).equals(order.image().toString());
  }

  private static void create(DockerClient client, Order order) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(ONE_OFF, order.name());
    labels.put(Labels.LAUNCH, order.launch().toString());
    labels.put(Labels.IMAGE, order.image().toString());
    labels.put(Labels.SECRETS, String.join(",", order.secretVariables()));
    client
        .createContainerCmd(order.image().id())
        .withName(order.name())
        .withLabels(labels)
        .withEnv(
            order.environment().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList())
        .withEntrypoint(List.of())
        .withCmd(order.command())
        .withHostConfig(
            HostConfig.newHostConfig()
                .withNetworkMode(order.network())
                // Once: an engine that restarts it would run it a second time.
                .withRestartPolicy(RestartPolicy.noRestart())
                .withLogConfig(new LogConfig(LoggingType.JSON_FILE, LOG_BOUNDS))
                .withInit(true))
        .exec();
  }

  /** False when it had to be ended. */
  private boolean awaitEnd(Order order) throws InterruptedException {
    Instant deadline = present(order).startedAt().plus(order.limit());
    while (true) {
      Found now = present(order);
      if (!now.running()) {
        return true;
      }
      if (Instant.now().isAfter(deadline)) {
        stop(now);
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }

  private void stop(Found container) {
    engine.settle(
        "stop " + container.name(),
        settings.stopSettling().plusSeconds(STOP_SECONDS),
        client -> client.stopContainerCmd(container.id()).withTimeout(STOP_SECONDS).exec());
  }

  private void remove(Found container) {
    engine.settle(
        "remove " + container.name(),
        settings.callLimit(),
        client ->
            client
                .removeContainerCmd(container.id())
                .withForce(true)
                .withRemoveVolumes(true)
                .exec());
  }

  private void attempt(String what, Consumer<DockerClient> call) {
    boolean _ =
        engine.ask(
            what,
            client -> {
              call.accept(client);
              return true;
            });
  }

  private Found present(Order order) {
    return inspect(order.name())
        .orElseThrow(() ->
            new IllegalStateException(
                "container %s was removed by somebody else".formatted(order.name())));
  }

  private Optional<Found> inspect(String name) {
    try {
      return Optional.of(
          new Found(
              engine.ask("inspect " + name, client -> client.inspectContainerCmd(name).exec())));
    } catch (EngineRefusal refused) {
      if (refused.status() == EngineRefusal.NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }
}
