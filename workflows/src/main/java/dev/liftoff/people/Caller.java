package dev.liftoff.people;

import dev.liftoff.gate.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a message is from, as far as it is known.
 *
 * @param person the name; what was typed while it is unverified
 * @param roles what that person may be in a launch; what was typed while it is unverified
 * @param why how it was verified, or why it was not, in one sentence
 * @param loan by which this person acts in a role that is not his own; null in his own
 */
public record Caller(
    String person, List<Role> roles, Trust trust, String why, @Nullable Loan loan) {
  /** Why somebody is not verified who showed nothing. */
  public static final String NO_PROOF = "no proof was shown";

  public Caller {
    roles = List.copyOf(roles);
  }

  /** What is known of a caller. */
  public enum Trust {
    VERIFIED,
    UNVERIFIED
  }

  public static Caller verified(String person, List<Role> roles, String how) {
    return new Caller(person, roles, Trust.VERIFIED, how, null);
  }

  public static Caller unverified(String person, String why) {
    return new Caller(person, List.of(), Trust.UNVERIFIED, why, null);
  }

  /** The same in a role that is lent. */
  public Caller by(@Nullable Loan lent) {
    return new Caller(person, roles, trust, why, lent);
  }

  /** Such as {@code commander for ann until 2026-11-20T18:00:00Z}. */
  public String as(@Nullable String role) {
    return loan == null ? String.valueOf(role) : role + " " + loan.remark();
  }

  public boolean trusted() {
    return trust == Trust.VERIFIED;
  }
}
