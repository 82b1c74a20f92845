package dev.liftoff.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;

/**
 * A change of the plan of a launch that was running.
 *
 * @param role as what it was done
 * @param from digest of the plan before; {@code to} of the one after it
 * @param changes such as {@code limits.hold: 4h -> 2h}, cut where there are very many
 */
public record Amendment(
    Instant at,
    String who,
    String role,
    String reason,
    String from,
    String to,
    List<String> changes) {
  public Amendment {
    changes = List.copyOf(changes);
  }

  /** Such as {@code by ann (commander): why; limits.hold: 4h -> 2h; plan 01… -> 23…}. */
  @JsonIgnore
  public String sentence() {
    return "by %s (%s): %s; %s; plan %s -> %s"
        .formatted(who, role, reason, String.join(", ", changes), from, to);
  }
}
