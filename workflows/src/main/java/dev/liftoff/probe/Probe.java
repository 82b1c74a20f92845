package dev.liftoff.probe;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Endpoint;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Looks at things and changes nothing that matters. Each method may be repeated. */
@ActivityInterface(namePrefix = "Probe")
public interface Probe {

  /**
   * Runs the checks beside one another and answers one result each, in their order. What cannot be
   * measured is {@code NO_DATA}: no check makes this method fail. Repeating runs them anew, and
   * ends a container that an attempt has left.
   */
  List<ProbeResult> check(LaunchId launch, List<Check> checks, Targets targets);

  /** Sends the requests to the candidate and says how it took them. */
  Warmed warmUp(LaunchId launch, Endpoint candidate, WarmUp warmUp);

  /**
   * Of these checks no container is left, running or not: one whose worker died is ended. Absent is
   * success; other checks have nothing to leave.
   */
  void discard(LaunchId launch, List<Check> checks);
}
