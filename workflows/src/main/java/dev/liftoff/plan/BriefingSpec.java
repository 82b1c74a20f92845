package dev.liftoff.plan;

import dev.liftoff.gate.Role;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The roll-call two hours before T+0.
 *
 * @param roles who is asked to be there, the commander always
 * @param required without whom the launch does not go on, the commander always
 * @param within how long it is open; then who is missing is missing
 */
public record BriefingSpec(List<Role> roles, Set<Role> required, Duration within) {
  public BriefingSpec {
    EnumSet<Role> asked = EnumSet.of(Role.COMMANDER);
    asked.addAll(roles);
    roles = List.copyOf(asked);
    EnumSet<Role> needed = EnumSet.of(Role.COMMANDER);
    needed.addAll(required);
    required = Set.copyOf(needed);
  }
}
