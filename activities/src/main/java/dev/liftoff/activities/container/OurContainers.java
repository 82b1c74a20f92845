package dev.liftoff.activities.container;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.container.ContainerSpec;
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

  /**
   * The container under trial of this service and environment, of this launch or an earlier one.
   */
  Optional<Found> trial(LaunchId launch) {
    Optional<Found> there = inspect(TrialOrder.name(launch));
    String place = launch.service() + "/" + launch.environment() + "/";
    there
        .filter(found -> !found.label(Labels.TRIAL).startsWith(place))
        .ifPresent(found -> refuse(launch, found));
    return there;
  }

  List<Endpoint> running(LaunchId launch, ContainerSpec spec) {
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
        .map(container -> endpoint(container, spec))
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

  private static Endpoint endpoint(Container container, ContainerSpec spec) {
    String name = container.getNames()[0].replaceFirst("^/", "");
    Map<String, String> labels = container.getLabels();
    Slot slot = slot(name, labels.getOrDefault(Labels.SLOT, ""));
    return new Endpoint(
        slot, name, labels.getOrDefault(Labels.VERSION, ""), address(container, slot, spec));
  }

  private static Slot slot(String container, String word) {
    try {
      return Slot.of(word);
    } catch (IllegalArgumentException unlabelled) {
      throw FailureType.NOT_OURS.permanent(
          "container %s carries the labels of the service but %s is '%s'; it must be blue or green"
              .formatted(container, Labels.SLOT, word));
    }
  }

  /** A baseline that was not started by a launch has no such label. */
  private static URI address(Container container, Slot slot, ContainerSpec spec) {
    String label = container.getLabels().get(Labels.ADDRESS);
    if (label != null) {
      return URI.create(label);
    }
    ContainerNetwork network = container.getNetworkSettings().getNetworks().get(spec.network());
    String host = network == null ? spec.addresses().get(slot) : network.getIpAddress();
    return URI.create("http://" + host + ":" + spec.port());
  }
}
