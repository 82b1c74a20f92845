package dev.liftoff.checklist;

import dev.liftoff.gate.Role;

/** Who answered, and as what. */
public record Person(String who, Role role) {
  @Override
  public String toString() {
    return who + " (" + role + ")";
  }
}
