package dev.liftoff.checkup;

import dev.liftoff.Milestone;
import dev.liftoff.gate.Role;
import dev.liftoff.probe.ProbeResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker said.
 *
 * @param unknown why nothing is known of its people; null when it is
 * @param warning what everybody must know of the callers, such as that nobody is verified
 * @param people how many can be verified; null where that is not known
 * @param polls the roles that must vote at a gate whatever a plan says
 * @param sources what the plan's checklist and alerts rest on, by the id of their item; empty
 *     without a plan
 */
public record Checkup(
    @Nullable String unknown,
    @Nullable String warning,
    @Nullable Integer people,
    Map<Milestone, List<Role>> polls,
    List<ProbeResult> sources) {
  public Checkup {
    polls = polls == null ? Map.of() : Map.copyOf(polls);
    sources = sources == null ? List.of() : List.copyOf(sources);
  }
}
