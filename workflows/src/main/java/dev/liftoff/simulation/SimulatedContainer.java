package dev.liftoff.simulation;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Evidence;
import dev.liftoff.container.Image;
import dev.liftoff.container.Slot;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One container of the simulated engine; one without a launch is somebody else's. */
final class SimulatedContainer {
  final Endpoint endpoint;
  final List<String> lines = new ArrayList<>();
  boolean running;
  private final @Nullable LaunchId launch;
  private final Image image;
  private final List<String> saysAtStart;
  private int exitCode;

  SimulatedContainer(
      @Nullable LaunchId launch, Endpoint endpoint, Image image, List<String> saysAtStart) {
    this.launch = launch;
    this.endpoint = endpoint;
    this.image = image;
    this.saysAtStart = List.copyOf(saysAtStart);
  }

  static SimulatedContainer foreign(String name) {
    Endpoint endpoint = new Endpoint(Slot.GREEN, name, "unknown", URI.create("http://192.0.2.1"));
    SimulatedContainer container =
        new SimulatedContainer(null, endpoint, SimulatedImage.of("foreign"), List.of());
    container.run();
    return container;
  }

  void run() {
    if (!running) {
      running = true;
      lines.clear();
      lines.addAll(saysAtStart);
    }
  }

  void exit(int code, String lastWords) {
    running = false;
    exitCode = code;
    lines.add(lastWords);
  }

  int stop(boolean killed) {
    if (running) {
      running = false;
      exitCode = killed ? 137 : 143;
    }
    return exitCode;
  }

  boolean serves(URI address) {
    return endpoint.address().equals(address);
  }

  boolean isOf(LaunchId other) {
    return launch != null
        && launch.service().equals(other.service())
        && launch.environment().equals(other.environment());
  }

  boolean isOf(LaunchId other, Image wanted) {
    return other.equals(launch) && image.equals(wanted);
  }

  void requireOurs(LaunchId other) {
    if (!isOf(other)) {
      throw FailureType.NOT_OURS.permanent(
          "container %s is not of %s in %s and is left alone; rename or remove it"
              .formatted(endpoint.container(), other.service(), other.environment()));
    }
  }

  void requireStopped() {
    if (running) {
      throw FailureType.SLOT_OCCUPIED.permanent(
          "%s is in use by launch %s; stop that container or finish its launch first"
              .formatted(endpoint.container(), launch));
    }
  }

  Evidence evidence(LaunchId of) {
    return new Evidence(
        "simulated/" + of.asFileName() + "/evidence/" + endpoint.container(),
        List.of("exit-code", "health.json", "inspect.json", "logs.txt"),
        running ? null : exitCode);
  }
}
