package dev.liftoff.gate;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A gate: the launch waits at its milestone for a go.
 *
 * @param roles who may decide
 * @param expires how long it is open; then the launch is held
 * @param remindBefore reminders, each so long before it expires
 */
public record GateRules(Set<Role> roles, Duration expires, List<Duration> remindBefore) {
  public GateRules {
    roles = Set.copyOf(roles);
    remindBefore = List.copyOf(remindBefore);
  }
}
