package dev.liftoff.people;

import dev.liftoff.gate.Role;
import java.util.List;

/**
 * Who a message is from, as far as it is known.
 *
 * @param person the name; what was typed while it is unverified
 * @param roles what that person may be in a launch; what was typed while it is unverified
 * @param why how it was verified, or why it was not, in one sentence
 */
public record Caller(String person, List<Role> roles, Trust trust, String why) {
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
    return new Caller(person, roles, Trust.VERIFIED, how);
  }

  public static Caller unverified(String person, String why) {
    return new Caller(person, List.of(), Trust.UNVERIFIED, why);
  }

  public boolean trusted() {
    return trust == Trust.VERIFIED;
  }
}
