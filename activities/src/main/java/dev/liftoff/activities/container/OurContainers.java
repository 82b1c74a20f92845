package dev.liftoff.activities.container;

import com.github.dockerjava.api.model.Container;
import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds containers, and refuses those of others. */
final class OurContainers {
  private static final Logger log = LoggerFactory.getLogger(OurContainers.class);

  private final Engine engine;

  OurContainers(Engine engine) {
    this.engine = engine;
  }

  /** The container of this name; permanent {@code NOT_OURS} when it is another service's. */
  Optional<Found> named(LaunchId launch, String name) {
    Optional<Found> there = inspect(name);
    there.filter(found -> !found.isOf(launch)).ifPresent(found -> refuse(launch, found));
    return there;
  }

  /** The container that was meant: one with another version in the slot is not it. */
  Optional<Found> of(LaunchId launch, Endpoint endpoint) {
    Optional<Found> there = named(launch, endpoint.container());
    there
        .filter(found -> !found.holds(endpoint.version()))
        .ifPresent(found ->
            log.info(
                "container holds another version and is left alone container={} version={} wanted={}",
                found.name(),
                found.label(Labels.VERSION),
                endpoint.version()));
    return there.filter(found -> found.holds(endpoint.version()));
  }

  List<Endpoint> running(LaunchId launch) {
    return engine
        .ask(
            "list the containers of " + launch.service(),
            client ->
                client
                    .listContainersCmd()
                    .withLabelFilter(Labels.ofPlace(launch))
                    .withStatusFilter(List.of("running"))
                    .exec())
        .stream()
        .map(OurContainers::endpoint)
        .sorted(Comparator.comparing(Endpoint::slot))
        .toList();
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

  private static void refuse(LaunchId launch, Found found) {
    throw FailureType.NOT_OURS.permanent(
        "container %s does not carry the labels of %s in %s and is left alone; rename or remove it"
            .formatted(found.name(), launch.service(), launch.environment()));
  }

  private static Endpoint endpoint(Container container) {
    Map<String, String> labels = container.getLabels();
    return new Endpoint(
        Slot.of(labels.getOrDefault(Labels.SLOT, "")),
        container.getNames()[0].replaceFirst("^/", ""),
        labels.getOrDefault(Labels.VERSION, ""),
        URI.create(labels.getOrDefault(Labels.ADDRESS, "")));
  }
}
