package dev.liftoff.plan;

import dev.liftoff.Milestone;
import dev.liftoff.gate.Role;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who is asked to be there, and who takes over. */
final class TeamReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Set<Role> DEFAULT_ROLES = EnumSet.complementOf(EnumSet.of(Role.CTO));

  private TeamReader() {}

  static @Nullable BriefingSpec briefing(Section root) {
    if (!root.has("briefing")) {
      return null;
    }
    Section briefing = root.section("briefing");
    List<Role> roles =
        briefing.has("roles") ? briefing.texts("roles", Role::of) : DEFAULT_ROLES.stream().toList();
    BriefingSpec spec =
        new BriefingSpec(
            roles,
            Set.copyOf(briefing.texts("required", text -> among(roles, Role.of(text)))),
            briefing.duration("within", Duration.ofMinutes(30), SECOND, DAY));
    briefing.noMore();
    return spec;
  }

  static @Nullable HandOverSpec handOver(Section root) {
    if (!root.has("handOver")) {
      return null;
    }
    Section handOver = root.section("handOver");
    HandOverSpec spec =
        new HandOverSpec(
            handOver.optional("to", Role::of, Role.ON_CALL),
            handOver.duration("within", Duration.ofMinutes(15), SECOND, DAY));
    handOver.noMore();
    return spec;
  }

  /** A roll-call that is still open at preflight would move T+0. */
  static Optional<Problem> problem(LaunchPlan plan) {
    BriefingSpec briefing = plan.briefing();
    if (briefing == null || plan.launchAt() == null) {
      return Optional.empty();
    }
    Duration most = plan.offset(Milestone.PREFLIGHT).minus(plan.offset(Milestone.BRIEFING));
    return briefing.within().compareTo(most) <= 0
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "briefing.within",
                "must not be longer than %s, from the briefing to preflight, was %s"
                    .formatted(Durations.text(most), Durations.text(briefing.within()))));
  }

  private static Role among(List<Role> roles, Role required) {
    if (required != Role.COMMANDER && !roles.contains(required)) {
      throw new IllegalArgumentException(
          "must be one of briefing.roles, " + roles + ", was '" + required + "'");
    }
    return required;
  }
}
