package dev.liftoff.activities.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.liftoff.FailureType;
import dev.liftoff.activities.Secrets;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One candidate on its way from nothing to its first 200. */
final class CandidateStart {
  private static final Logger log = LoggerFactory.getLogger(CandidateStart.class);
  private static final int LAST_WORDS = 5;
  private static final int LONGEST_LAST_WORDS = 600;

  private final CreateOrder order;
  private final Workshop shop;
  private final String name;

  /** What a start works with. */
  record Workshop(
      Engine engine,
      OurContainers ours,
      Images images,
      Logs logs,
      Secrets secrets,
      Readiness readiness,
      DockerContainers.Settings settings) {}

  CandidateStart(CreateOrder order, Workshop shop) {
    this.order = order;
    this.shop = shop;
    this.name = order.endpoint().container();
  }

  void run() {
    Found container = placed();
    wake(container);
    awaitReady();
    keepRunning(container);
    log.info("candidate is ready launch={} container={}", order.launch(), name);
  }

  private Found placed() {
    Optional<Found> there = shop.ours().named(order.launch(), name);
    if (there.filter(found -> found.isOf(order.launch(), order.image())).isPresent()) {
      return there.get();
    }
    there.ifPresent(this::makeRoom);
    create();
    return present();
  }

  private void makeRoom(Found leftover) {
    if (leftover.running()) {
      throw FailureType.SLOT_OCCUPIED.permanent(
          "slot %s is in use: %s runs version %s of launch %s; stop it or finish that launch first"
              .formatted(
                  order.endpoint().slot(),
                  name,
                  leftover.label(Labels.VERSION),
                  leftover.label(Labels.LAUNCH)));
    }
    log.info("leftover is removed container={} of={}", name, leftover.label(Labels.LAUNCH));
    shop.engine()
        .settle(
            "remove the leftover " + name,
            shop.settings().callLimit(),
            client -> client.removeContainerCmd(leftover.id()).withRemoveVolumes(true).exec());
  }

  private void create() {
    List<String> variables = EnvironmentVariables.resolved(order.spec(), shop.secrets());
    attempt("make " + name, client -> order.send(client, variables));
  }

  private void wake(Found container) {
    if (container.paused()) {
      attempt("resume " + name, client -> client.unpauseContainerCmd(container.id()).exec());
    } else if (!container.running()) {
      attempt("start " + name, client -> client.startContainerCmd(container.id()).exec());
    }
  }

  private void attempt(String what, Consumer<DockerClient> call) {
    try {
      shop.engine()
          .ask(
              what,
              client -> {
                call.accept(client);
                return true;
              });
    } catch (EngineRefusal refused) {
      if (refused.status() != EngineRefusal.NOT_MODIFIED) {
        throw new StartRefusals(shop.engine(), order.endpoint(), order.image(), order.spec())
            .of(refused);
      }
    }
  }

  private void awaitReady() {
    URI path = order.endpoint().address().resolve(order.spec().readyPath());
    Duration limit = order.spec().startLimit();
    Instant deadline = Instant.now().plus(limit);
    Optional<String> missing = shop.readiness().missing(path);
    while (missing.isPresent()) {
      Found container = present();
      if (!container.running()) {
        throw failed(container, exit(container));
      }
      if (Instant.now().isAfter(deadline)) {
        throw failed(
            container,
            "was not ready within %d s: %s %s".formatted(limit.toSeconds(), path, missing.get()));
      }
      shop.engine().beat("waiting until " + name + " is ready");
      Pause.of(shop.settings().readyInterval());
      missing = shop.readiness().missing(path);
    }
  }

  private void keepRunning(Found container) {
    attempt(
        "keep " + name + " running",
        client ->
            client
                .updateContainerCmd(container.id())
                .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                .exec());
  }

  private Found present() {
    return shop.ours()
        .named(order.launch(), name)
        .orElseThrow(() -> new IllegalStateException(name + " was removed while it was started"));
  }

  private String exit(Found container) {
    String how =
        container.outOfMemory()
            ? "was killed because it used more memory than its limit"
            : "exited with code %d before it was ready".formatted(container.exitCode());
    return how + shop.images().misfit(order.image());
  }

  /** Evidence first: whoever reads the failure may remove the container. */
  private ApplicationFailure failed(Found container, String how) {
    String evidence = evidence(container);
    return FailureType.CONTAINER_FAILED.permanent(
        "%s %s; its last words: %s; %s".formatted(name, how, lastWords(container), evidence));
  }

  private String evidence(Found container) {
    try {
      EvidenceFolder folder = new EvidenceFolder(shop.settings().artifacts(), order.launch(), name);
      return "evidence is in " + folder.save(container, shop.logs(), shop.secrets()).folder();
    } catch (java.io.UncheckedIOException unwritable) {
      return String.valueOf(unwritable.getMessage());
    }
  }

  private String lastWords(Found container) {
    List<String> lines = shop.logs().last(container, LAST_WORDS);
    String words = lines.isEmpty() ? "none" : String.join(" | ", lines);
    return words.substring(Math.max(0, words.length() - LONGEST_LAST_WORDS));
  }
}
