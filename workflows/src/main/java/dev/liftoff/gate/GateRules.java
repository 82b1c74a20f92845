package dev.liftoff.gate;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A gate: the launch waits at its milestone for a go.
 *
 * @param roles any one of these decides; not looked at where there is a poll
 * @param poll all of these must say go, the commander last; empty where one decides
 * @param expires how long it is open; then the launch is held
 * @param remindBefore reminders, each so long before it expires
 */
public record GateRules(
    Set<Role> roles, List<Role> poll, Duration expires, List<Duration> remindBefore) {
  public GateRules {
    poll = List.copyOf(poll);
    roles = Set.copyOf(roles);
    remindBefore = List.copyOf(remindBefore);
  }
}
