package dev.liftoff.simulation;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Endpoint;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.Placeholders;
import dev.liftoff.probe.Probe;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.Targets;
import dev.liftoff.probe.WarmUp;
import dev.liftoff.probe.Warmed;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Checks that pass unless they were told not to. */
public final class SimulatedProbe implements Probe {
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Set<String> blind = ConcurrentHashMap.newKeySet();

  /** The check of this name is answered, and wrongly. */
  public SimulatedProbe failing(String check) {
    failing.add(check);
    return this;
  }

  /** The check of this name is not answered. */
  public SimulatedProbe blind(String check) {
    blind.add(check);
    return this;
  }

  /** The trouble with the check of this name is over. */
  public SimulatedProbe healthy(String check) {
    failing.remove(check);
    blind.remove(check);
    return this;
  }

  @Override
  public List<ProbeResult> check(LaunchId launch, List<Check> checks, Targets targets) {
    Placeholders placeholders = new Placeholders(launch, targets);
    return checks.stream().map(check -> result(check, placeholders)).toList();
  }

  @Override
  public Warmed warmUp(LaunchId launch, Endpoint candidate, WarmUp warmUp) {
    return new Warmed(warmUp.requests(), 0, warmUp.requests() == 0 ? 0 : 12);
  }

  @Override
  public void discard(LaunchId launch, List<Check> checks) {
    // What is simulated ends with its answer.
  }

  private ProbeResult result(Check check, Placeholders placeholders) {
    if (check instanceof Check.Http http) {
      try {
        placeholders.fill(http.url());
        http.headers().values().forEach(placeholders::fill);
      } catch (IllegalArgumentException nothingToAsk) {
        return ProbeResult.noData(check.name(), String.valueOf(nothingToAsk.getMessage()), "");
      }
    }
    if (check instanceof Check.Container container && container.place() == null) {
      return ProbeResult.noData(check.name(), "its image is not pinned yet", "exit code 0");
    }
    if (blind.contains(check.name())) {
      return ProbeResult.noData(check.name(), "no answer (simulated)", "an answer");
    }
    return failing.contains(check.name())
        ? ProbeResult.fail(check.name(), "wrong (simulated)", "right")
        : ProbeResult.pass(check.name(), "right (simulated)", "right");
  }
}
