package dev.liftoff.checklist;

import dev.liftoff.gate.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A role's word that its part is ready.
 *
 * @param voided why it no longer counts, although its time is not over; null while it counts
 */
public record SignOff(
    Role role, String who, String remark, Instant at, Instant expires, @Nullable String voided) {

  boolean counts(Instant now) {
    return voided == null && now.isBefore(expires);
  }

  SignOff voided(String why) {
    return voided != null ? this : new SignOff(role, who, remark, at, expires, why);
  }

  /** Such as {@code database: ravi, until 2026-11-22T20:00:00Z}. */
  public String sentence(Instant now) {
    String state =
        voided != null ? "void: " + voided : now.isBefore(expires) ? "until " + expires : "expired";
    return role + ": " + who + ", " + state + (remark.isEmpty() ? "" : " (" + remark + ")");
  }
}
