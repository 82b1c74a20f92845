package dev.liftoff.activities.container;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Image;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A program that runs once in a container: a migration tool, an end-to-end test. Of one name there
 * is never more than one, and an attempt after a crash finds it by its label.
 */
public interface OneOff {

  /**
   * What to run.
   *
   * @param name of the container, the same for every attempt
   * @param network that the container is in, as the engine calls it
   * @param command program and arguments; no secrets, everybody on the host can read them
   * @param environment with secrets in clear
   * @param secretVariables those of them that are
   * @param limit when it has run for so long, it is ended
   */
  record Order(
      String name,
      LaunchId launch,
      Image image,
      String network,
      List<String> command,
      Map<String, String> environment,
      Set<String> secretVariables,
      Duration limit) {
    public Order {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
      secretVariables = Set.copyOf(secretVariables);
    }

    /** Without the values of the environment. */
    @Override
    public String toString() {
      return name + " " + command;
    }
  }

  /**
   * How it ended.
   *
   * @param inTime false when it had to be ended
   * @param lastLines of what it said, secrets masked
   */
  record Ended(int exitCode, boolean inTime, List<String> lastLines) {
    public Ended {
      lastLines = List.copyOf(lastLines);
    }
  }

  /**
   * Waits for its end and removes it. One of the same launch and image that was begun by an attempt
   * that is gone is waited for, and not run a second time.
   */
  Ended run(Order order) throws InterruptedException;

  /**
   * None of this name of this launch runs any more, and nothing of it is left; absent is success.
   * One of another launch is left alone.
   */
  void discard(LaunchId launch, String name);

  /** The address of this worker that containers of the network reach. */
  Optional<InetAddress> hostIn(String network);

  /** From where the one that runs connects; empty when none runs. */
  Optional<String> address(Order order);

  /** For a worker without a container engine. */
  static OneOff none() {
    return new NoEngine();
  }
}
