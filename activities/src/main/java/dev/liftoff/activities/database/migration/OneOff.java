package dev.liftoff.activities.database.migration;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Image;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program of the candidate's image that runs once. Of one name there is never more than one: who
 * asks again after a crash waits for the one that runs, or gets the answer of the one that has
 * ended.
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

  /** Whether an earlier attempt began it, so that its answer is still to be had. */
  boolean begun(Order order);

  /** Waits for its end and removes it. */
  Ended run(Order order) throws InterruptedException;
}
