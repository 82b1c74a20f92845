package dev.liftoff.simulation;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Containers;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Evidence;
import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.LogScan;
import dev.liftoff.container.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A container engine in memory, held to the same contract as the real one. It has every image, its
 * containers are ready at once and drain at once. Trouble is told to it in words.
 */
public final class SimulatedContainers implements Containers {
  private final Map<String, SimulatedContainer> containers = new TreeMap<>();
  private final Set<String> absentImages = new HashSet<>();
  private final List<String> logs = new ArrayList<>(List.of("simulated: listening"));
  private @Nullable String startFailure;
  private boolean ignoresSigterm;
  private int repliesToLose;

  /** Every candidate exits at once with these last words. */
  public SimulatedContainers failingToStart(String lastWords) {
    startFailure = lastWords;
    return this;
  }

  /** Candidates start again. */
  public SimulatedContainers startingAgain() {
    startFailure = null;
    return this;
  }

  /** The engine and every registry know nothing of this image. */
  public SimulatedContainers withoutImage(String reference) {
    absentImages.add(reference);
    return this;
  }

  /** Every container that is started from now on says this. */
  public SimulatedContainers logging(String line) {
    logs.add(line);
    return this;
  }

  /** No container drains: each stop ends in a kill. */
  public SimulatedContainers ignoringSigterm() {
    ignoresSigterm = true;
    return this;
  }

  /** The next so many calls do their work, and then their reply is lost. */
  public SimulatedContainers losingReplies(int calls) {
    repliesToLose = calls;
    return this;
  }

  /** Somebody else's container has this name. */
  public synchronized SimulatedContainers withForeign(String container) {
    containers.put(container, SimulatedContainer.foreign(container));
    return this;
  }

  /** As seen from outside: does something answer at this address? */
  public synchronized boolean answers(Endpoint endpoint) {
    return containers.values().stream()
        .anyMatch(each -> each.running && each.serves(endpoint.address()));
  }

  public synchronized boolean exists(String container) {
    return containers.containsKey(container);
  }

  @Override
  public synchronized Image pin(LaunchId launch, ImageReference wanted) {
    if (absentImages.contains(wanted.reference())) {
      throw FailureType.IMAGE_NOT_FOUND.permanent(
          "image %s is in no simulated registry; correct image in the plan"
              .formatted(wanted.reference()));
    }
    Image found = SimulatedImage.of(wanted.reference());
    if (wanted.digest() != null && !wanted.digest().equals(found.id())) {
      throw FailureType.IMAGE_CHANGED.permanent(
          "image %s has the digest %s and the plan binds %s: the tag has moved"
              .formatted(wanted.reference(), found.id(), wanted.digest()));
    }
    return reply(found);
  }

  @Override
  public synchronized List<Endpoint> running(LaunchId launch, ContainerSpec spec) {
    return reply(
        containers.values().stream()
            .filter(each -> each.running && each.isOf(launch))
            .map(each -> each.endpoint)
            .sorted(Comparator.comparing(Endpoint::slot))
            .toList());
  }

  @Override
  public synchronized Endpoint start(LaunchId launch, Slot slot, Image image, ContainerSpec spec) {
    Endpoint endpoint = Endpoint.in(slot, launch, spec);
    SimulatedContainer container = place(launch, endpoint, image);
    if (startFailure != null) {
      container.exit(1, startFailure);
      throw FailureType.CONTAINER_FAILED.permanent(
          "%s exited with code 1 before it was ready; its last words: %s"
              .formatted(endpoint.container(), startFailure));
    }
    container.run();
    return reply(endpoint);
  }

  @Override
  public synchronized LogScan scanLogs(
      LaunchId launch, Endpoint endpoint, List<String> errorPatterns) {
    List<String> lines =
        find(launch, endpoint).map(container -> List.copyOf(container.lines)).orElse(List.of());
    List<Pattern> patterns = errorPatterns.stream().map(Pattern::compile).toList();
    List<String> matches =
        lines.stream()
            .filter(line -> patterns.stream().anyMatch(each -> each.matcher(line).find()))
            .toList();
    return reply(new LogScan(lines.size(), matches.size(), matches.stream().limit(5).toList()));
  }

  @Override
  public synchronized Evidence capture(LaunchId launch, Endpoint endpoint) {
    return reply(
        find(launch, endpoint)
            .map(found -> found.evidence(launch))
            .orElse(new Evidence("", List.of(), null)));
  }

  @Override
  public synchronized int stop(LaunchId launch, Endpoint endpoint, Duration limit) {
    return reply(find(launch, endpoint).map(found -> found.stop(ignoresSigterm)).orElse(-1));
  }

  @Override
  public synchronized void remove(LaunchId launch, Endpoint endpoint) {
    find(launch, endpoint).ifPresent(this::removeStopped);
    reply(endpoint);
  }

  private void removeStopped(SimulatedContainer container) {
    if (container.running) {
      throw FailureType.NOT_OURS.permanent(
          container.endpoint.container() + " still runs and is not removed; stop it first");
    }
    containers.remove(container.endpoint.container());
  }

  private SimulatedContainer place(LaunchId launch, Endpoint endpoint, Image image) {
    SimulatedContainer there = containers.get(endpoint.container());
    if (there != null) {
      there.requireOurs(launch);
      if (there.isOf(launch, image)) {
        return there;
      }
      there.requireStopped();
    }
    SimulatedContainer placed = new SimulatedContainer(launch, endpoint, image, logs);
    containers.put(endpoint.container(), placed);
    return placed;
  }

  /** A container with another version in the slot is not the one that was meant. */
  private Optional<SimulatedContainer> find(LaunchId launch, Endpoint endpoint) {
    Optional<SimulatedContainer> there = Optional.ofNullable(containers.get(endpoint.container()));
    there.ifPresent(found -> found.requireOurs(launch));
    return there.filter(found -> found.endpoint.version().equals(endpoint.version()));
  }

  private <T> T reply(T answer) {
    if (repliesToLose > 0) {
      repliesToLose--;
      throw new IllegalStateException("simulated: the container engine's reply was lost");
    }
    return answer;
  }

  @Override
  public String toString() {
    return "simulated container engine";
  }
}
