package dev.liftoff.plan;

import dev.liftoff.Milestone;
import dev.liftoff.gate.GateRules;
import dev.liftoff.gate.Role;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads who decides at which milestones of a plan. */
final class GateReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Set<Milestone> DEFAULT_GATES =
      EnumSet.of(
          Milestone.MIGRATE,
          Milestone.GO_LIVE,
          Milestone.VALIDATION_30M,
          Milestone.REVIEW_24H,
          Milestone.REVIEW_48H);

  private GateReader() {}

  static Map<Milestone, GateRules> read(Section root) {
    if (root.has("gates")) {
      return root.map("gates", Milestone::of, (section, key) -> gate(section.section(key)));
    }
    Map<Milestone, GateRules> gates = new TreeMap<>();
    DEFAULT_GATES.forEach(milestone -> gates.put(milestone, defaultGate()));
    return gates;
  }

  static GateRules defaultGate() {
    return new GateRules(
        EnumSet.of(Role.COMMANDER),
        List.of(),
        HOUR,
        List.of(Duration.ofMinutes(15), Duration.ofMinutes(5)));
  }

  private static GateRules gate(Section gate) {
    List<Role> roles = gate.texts("roles", Role::of);
    List<Role> poll = poll(gate);
    if (!poll.isEmpty() && !roles.isEmpty()) {
      gate.problem("roles", "one of them would decide, but all of poll must: leave roles out");
    }
    Duration expires = gate.duration("expires", HOUR, SECOND, Duration.ofDays(7));
    GateRules rules =
        new GateRules(
            roles.isEmpty() ? EnumSet.of(Role.COMMANDER) : EnumSet.copyOf(roles),
            poll,
            expires,
            gate.has("remindBefore")
                ? gate.texts(
                    "remindBefore",
                    text -> Durations.between(Durations.parse(text), SECOND, expires))
                : defaultGate().remindBefore().stream()
                    .filter(before -> before.compareTo(expires) < 0)
                    .toList());
    gate.noMore();
    return rules;
  }

  private static List<Role> poll(Section gate) {
    List<Role> poll = gate.texts("poll", Role::of);
    if (!poll.isEmpty() && !poll.contains(Role.COMMANDER)) {
      gate.problem("poll", "must contain commander, who is last, was " + poll);
    }
    if (poll.stream().distinct().count() < poll.size()) {
      gate.problem("poll", "must name every role once, was " + poll);
    }
    return poll;
  }
}
