package dev.liftoff.simulation;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.compatibility.Compatibility;
import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.compatibility.Compatible;
import dev.liftoff.compatibility.SqlError;
import dev.liftoff.compatibility.SqlSeen;
import dev.liftoff.compatibility.Trial;
import dev.liftoff.compatibility.TrialRole;
import dev.liftoff.compatibility.TrialRun;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Versions that work on any schema unless they were told not to. */
public final class SimulatedCompatibility implements Compatibility {
  private final Map<TrialRole, List<SqlError>> errors = new EnumMap<>(TrialRole.class);
  private final Map<TrialRole, String> exits = new EnumMap<>(TrialRole.class);
  private final Map<TrialRole, Set<String>> failing = new EnumMap<>(TrialRole.class);
  private final Set<String> containers = new HashSet<>();
  private boolean connects = true;
  private int repliesToLose;

  /** The database answers this error in the run, and the first check fails by it. */
  public synchronized SimulatedCompatibility receiving(
      TrialRole role, String sqlState, String message) {
    errors.computeIfAbsent(role, any -> new ArrayList<>()).add(new SqlError(sqlState, 1, message));
    return this;
  }

  /** The check of this name is answered wrongly in the run. */
  public synchronized SimulatedCompatibility failing(TrialRole role, String check) {
    failing.computeIfAbsent(role, any -> new HashSet<>()).add(check);
    return this;
  }

  /** The version ends in the run with these last words. */
  public synchronized SimulatedCompatibility exiting(TrialRole role, String lastWords) {
    exits.put(role, lastWords);
    return this;
  }

  /** No version ever connects to the copy. */
  public synchronized SimulatedCompatibility neverConnecting() {
    connects = false;
    return this;
  }

  /** All trouble is over. */
  public synchronized SimulatedCompatibility compatibleAgain() {
    errors.clear();
    exits.clear();
    failing.clear();
    connects = true;
    return this;
  }

  /** The next so many calls do their work, and then their reply is lost. */
  public synchronized SimulatedCompatibility losingReplies(int calls) {
    repliesToLose = calls;
    return this;
  }

  /** As seen from outside. */
  public synchronized boolean hasContainer() {
    return !containers.isEmpty();
  }

  /** A trial was killed before it could tidy up. */
  synchronized void leaveContainer(LaunchId launch) {
    containers.add(place(launch));
  }

  @Override
  public synchronized Compatible prove(LaunchId launch, CompatibilitySpec spec, Trial trial) {
    requireUsable(spec, trial);
    List<TrialRun> runs =
        Arrays.stream(TrialRole.values())
            .filter(role -> trial.baseline() != null || !role.old())
            .map(role -> run(role, spec, trial))
            .toList();
    containers.remove(place(launch));
    return reply(Compatible.judged(connects ? runs : runs.subList(0, 1), spec));
  }

  @Override
  public synchronized void discard(LaunchId launch, ContainerSpec container) {
    containers.remove(place(launch));
    reply("");
  }

  private static void requireUsable(CompatibilitySpec spec, Trial trial) {
    if (!trial.copy().startsWith("liftoff_scratch_")) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database %s is no scratch database; nothing is tried on it".formatted(trial.copy()));
    }
    List<String> problems = spec.problems(trial.container());
    if (!problems.isEmpty()) {
      throw FailureType.INVALID_PLAN.permanent("compatibility: " + String.join("; ", problems));
    }
  }

  private TrialRun run(TrialRole role, CompatibilitySpec spec, Trial trial) {
    Endpoint baseline = trial.baseline();
    String image =
        role.old() && baseline != null
            ? SimulatedImage.of(baseline.version()).toString()
            : trial.candidate().toString();
    if (exits.containsKey(role)) {
      String trouble = "exited with code 1 before it was ready; its last words: " + exits.get(role);
      return new TrialRun(role, image, trouble, List.of(), SqlSeen.NOTHING);
    }
    List<SqlError> received = errors.getOrDefault(role, List.of());
    SqlSeen sql =
        connects ? new SqlSeen(1, 3 + received.size(), 1, 0, 0, received) : SqlSeen.NOTHING;
    return new TrialRun(role, image, null, results(role, spec, !received.isEmpty()), sql);
  }

  private List<ProbeResult> results(TrialRole role, CompatibilitySpec spec, boolean firstFails) {
    List<Check> asked = new ArrayList<>(spec.checks());
    if (role == TrialRole.BASELINE_AGAIN) {
      asked.addAll(spec.readBack());
    }
    Set<String> wrong = new HashSet<>(failing.getOrDefault(role, Set.of()));
    if (firstFails) {
      wrong.add(asked.getFirst().name());
    }
    return asked.stream()
        .map(check ->
            wrong.contains(check.name())
                ? ProbeResult.fail(check.name(), "wrong (simulated)", "right")
                : ProbeResult.pass(check.name(), "right (simulated)", "right"))
        .toList();
  }

  private static String place(LaunchId launch) {
    return launch.service() + "-" + launch.environment() + "-trial";
  }

  private <T> T reply(T answer) {
    if (repliesToLose > 0) {
      repliesToLose--;
      throw new IllegalStateException("simulated: the reply of the trial was lost");
    }
    return answer;
  }
}
