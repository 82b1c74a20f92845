package dev.liftoff.people;

import dev.liftoff.gate.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody acts in a role of somebody else for a while. It ends by itself, and with the key of whom
 * the role is.
 *
 * @param from whose role it is
 * @param key of {@code from}, by its id; null where nobody knows that it was him
 */
public record Loan(Role role, String from, @Nullable String key, String to, Instant until) {
  /** A night and the day after it; who is away for longer gives the role to somebody. */
  public static final Duration LONGEST = Duration.ofHours(24);

  public boolean isOpen(Instant now) {
    return now.isBefore(until);
  }

  public boolean isTo(String person, String as) {
    return same(to, person) && role.word().equals(as);
  }

  public boolean isFrom(String person) {
    return same(from, person);
  }

  /** Written behind the role of whoever acts by it. */
  public String remark() {
    return "for %s until %s".formatted(from, until);
  }

  /** The same for somebody who reads it at this time. */
  public String sentence(Instant now) {
    return isOpen(now) ? toString() : "%s was %s %s: it has ended".formatted(to, role, remark());
  }

  @Override
  public String toString() {
    return "%s is %s %s%s".formatted(to, role, remark(), key == null ? ", unverified" : "");
  }

  /** Names are typed by people. */
  private static boolean same(String name, String other) {
    return name.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
  }
}
