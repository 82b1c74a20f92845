package dev.liftoff.checklist;

import dev.liftoff.gate.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who answered, and as what.
 *
 * @param key the id of the key that it was signed with; null from somebody who is not verified
 * @param remark whether he was verified, as it is written behind the name; empty where that is said
 *     of everybody
 */
public record Person(String who, Role role, @Nullable String key, String remark) {
  public Person {
    remark = remark == null ? "" : remark;
  }

  /** Somebody of whom nothing else is known. */
  public Person(String who, Role role) {
    this(who, role, null, "");
  }

  /** Who has two names and one key is one person. */
  boolean isSame(Person other) {
    return isSame(other.who, other.key);
  }

  boolean isSame(String name, @Nullable String id) {
    return who.equalsIgnoreCase(name) || (key != null && key.equals(id));
  }

  /** The name, and the one that the same person had before. */
  String knownAs(String before) {
    return who.equalsIgnoreCase(before) ? who : who + " (" + before + " by the same token)";
  }

  @Override
  public String toString() {
    return who + " (" + role + ")" + remark;
  }
}
