package dev.liftoff.people;

import dev.liftoff.gate.Role;
import dev.liftoff.gate.Seal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of the file of people: a name, what this person may be, until when, and the half of the
 * key that can check a signature and make none.
 *
 * @param name without blanks
 * @param key the public key in X.509, base64
 */
public record Person(String name, List<Role> roles, Instant expires, String key) {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._@-]{0,62}";
  private static final int PARTS = 4;

  /**
   * Reads {@link #line}; the constructor checks the same.
   *
   * @throws IllegalArgumentException with the value that is wrong and what it must be
   */
  public Person {
    roles = List.copyOf(roles);
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "name must be letters, digits, '.', '_', '@' or '-', was '" + name + "'");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException(name + " has no role");
    }
    Base64.getDecoder().decode(key);
  }

  /** Such as {@code ann commander,on-call 2027-02-19T20:00:00Z MCowBQ…}. */
  public String line() {
    return "%s %s %s %s".formatted(name, listed(), expires, key);
  }

  /**
   * Reads {@link #line}.
   *
   * @throws IllegalArgumentException with the value that is wrong and what it must be
   */
  public static Person parse(String line) {
    String[] parts = line.strip().split("\\s+", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(
          "must be NAME ROLE,ROLE EXPIRY KEY, had %d words".formatted(parts.length));
    }
    return new Person(
        parts[0],
        Arrays.stream(parts[1].split(",", -1)).map(Role::of).toList(),
        expiry(parts[2]),
        parts[3]);
  }

  /** What a proof names this key by. */
  public String id() {
    return Seal.digest(key);
  }

  public String listed() {
    return roles.stream().map(Role::word).collect(Collectors.joining(","));
  }

  private static Instant expiry(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "expiry must be an instant such as 2027-02-19T20:00:00Z, was '" + text + "'", wrong);
    }
  }
}
