package dev.liftoff.checklist;

import dev.liftoff.gate.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A role's word that its part is ready.
 *
 * @param key the id of the key that it was signed with; null from somebody who is not verified
 * @param mark whether he was verified, as it is written behind the name
 * @param voided why it no longer counts, although its time is not over; null while it counts
 */
public record SignOff(
    Role role,
    String who,
    @Nullable String key,
    String mark,
    String remark,
    Instant at,
    Instant expires,
    @Nullable String voided) {
  public SignOff {
    mark = mark == null ? "" : mark;
  }

  boolean counts(Instant now) {
    return voided == null && now.isBefore(expires);
  }

  SignOff voided(String why) {
    return voided != null ? this : new SignOff(role, who, key, mark, remark, at, expires, why);
  }

  /** Such as {@code database: ravi, until 2026-11-22T20:00:00Z}. */
  public String sentence(Instant now) {
    String state =
        voided != null ? "void: " + voided : now.isBefore(expires) ? "until " + expires : "expired";
    return role + ": " + who + mark + ", " + state + (remark.isEmpty() ? "" : " (" + remark + ")");
  }
}
