package dev.liftoff.activities.readiness;

import dev.liftoff.activities.container.EngineSight;
import dev.liftoff.activities.container.EngineSight.LocalImage;
import dev.liftoff.activities.container.EngineSight.Serving;
import dev.liftoff.container.Slot;
import dev.liftoff.traffic.Traffic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The container engine, and what runs on it.
 *
 * @param sight null for a worker without an engine
 */
record EngineSubjects(@Nullable EngineSight sight, Traffic traffic) {
  private static final String NO_ENGINE =
      "this worker has no container engine to look at; set liftoff.containers.type to docker";
  private static final int CONNECT_MILLIS = 1_000;

  /** A look at an engine that is there. */
  private interface Look {
    Seen at(EngineSight engine) throws Exception;
  }

  private Seen at(String limit, Look look) throws Exception {
    return sight == null ? Seen.noData(NO_ENGINE, limit) : look.at(sight);
  }

  Seen engine() throws Exception {
    return at("answers", engine -> Seen.pass(engine.version(), "answers"));
  }

  Seen disk(Asked asked) throws Exception {
    String limit = Room.limit(asked.percent());
    return at(
        limit,
        engine -> {
          Optional<java.nio.file.Path> root = engine.root();
          return root.isPresent()
              ? Room.of(List.of(root.get()), asked.percent())
              : Seen.noData(
                  "the engine's folder cannot be seen from the worker's host; look at it there and confirm by hand",
                  limit);
        });
  }

  Seen image(Asked asked) throws Exception {
    String reference = asked.plan().image().reference();
    String digest = asked.plan().image().digest();
    String limit = digest == null ? "is on the host" : "is " + digest;
    return at(
        limit,
        engine -> {
          Optional<LocalImage> local = engine.image(reference);
          if (local.isEmpty()) {
            return Seen.noData(
                "%s is not on this host: whether the registry has it is seen when it is pulled; on the worker's host: docker pull %s"
                    .formatted(reference, reference),
                limit);
          }
          return Seen.held(
              digest == null || local.get().is(digest),
              "%s is %s".formatted(reference, local.get().digest()),
              limit);
        });
  }

  Seen candidateAddress(Asked asked) throws Exception {
    String limit = "nothing answers there";
    Optional<Slot> serving = traffic.read(asked.launch()).serving();
    if (serving.isEmpty()) {
      return Seen.noData(
          "traffic is split between the slots, so that neither is free; finish or roll back the launch that split it",
          limit);
    }
    String address =
        Objects.requireNonNull(asked.plan().container().addresses().get(serving.get().other()));
    return at(limit, engine -> free(asked, engine, address, limit));
  }

  private static Seen free(Asked asked, EngineSight engine, String address, String limit) {
    Optional<String> holder = engine.holder(asked.plan().container().network(), address);
    if (holder.isPresent()) {
      // Asked again before T+0, when the candidate runs.
      return engine.isOf(asked.launch(), holder.get())
          ? Seen.pass("%s is the candidate's, %s".formatted(address, holder.get()), limit)
          : Seen.fail("%s belongs to %s; remove it".formatted(address, holder.get()), limit);
    }
    int port = asked.plan().container().port();
    return answers(address, port)
        ? Seen.fail("something answers at %s:%d; end it".formatted(address, port), limit)
        : Seen.pass(
            "%s is free in the network %s".formatted(address, asked.plan().container().network()),
            limit);
  }

  private static boolean answers(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  Seen baseline(Asked asked) throws Exception {
    String limit = "runs, is healthy, was never restarted";
    return at(
        limit,
        engine -> serving(asked, engine).map(found -> baseline(found, limit)).orElse(none(limit)));
  }

  private static Seen baseline(Serving serving, String limit) {
    String value =
        "%s runs %s since %s, health %s, %d restarts"
            .formatted(
                serving.endpoint().container(),
                serving.endpoint().version().isEmpty()
                    ? "a version without a label"
                    : serving.endpoint().version(),
                serving.startedAt(),
                serving.health(),
                serving.restarts());
    if (serving.health().equals("none")) {
      return Seen.noData(
          value + ": it has no health check, so nobody knows; give its image one", limit);
    }
    return Seen.held(serving.health().equals("healthy") && serving.restarts() == 0, value, limit);
  }

  Seen baselineImage(Asked asked) throws Exception {
    String limit = "is on the host";
    return at(
        limit,
        engine ->
            serving(asked, engine)
                .map(found ->
                    Seen.held(
                        found.imagePresent(),
                        "%s of %s is %s"
                            .formatted(
                                found.image(),
                                found.endpoint().container(),
                                found.imagePresent() ? "there" : "gone: pull it again"),
                        limit))
                .orElse(none(limit)));
  }

  /** The container of the slot that has all requests, or the only one. */
  Optional<Serving> serving(Asked asked, EngineSight engine) {
    List<Serving> running = engine.running(asked.launch(), asked.plan().container());
    Optional<Slot> slot = traffic.read(asked.launch()).serving();
    return running.stream()
        .filter(each -> slot.isEmpty() || each.endpoint().slot() == slot.get())
        .findFirst();
  }

  private static Seen none(String limit) {
    return Seen.fail(
        "no container of the service runs in the slot that has the requests; start it", limit);
  }

  Seen proxy(Asked asked) {
    String limit = "one slot has everything";
    return traffic
        .read(asked.launch())
        .serving()
        .map(slot -> Seen.pass("the proxy sends 100 % to " + slot, limit))
        .orElseGet(() ->
            Seen.fail(
                "the proxy splits: %s; finish or roll back the launch that did it"
                    .formatted(
                        List.of(Slot.values()).stream()
                            .map(slot -> slot + " " + traffic.read(asked.launch()).weight(slot))
                            .collect(Collectors.joining(", "))),
                limit));
  }
}
