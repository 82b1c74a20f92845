package dev.liftoff.checklist;

import dev.liftoff.gate.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may say what of an item: its owner, and the commander for any. To waive one takes two people;
 * a critical one takes the commander, and the CTO or its owner.
 */
final class Authority {
  private Authority() {}

  static void answers(ChecklistItem item, Person by) {
    require(EnumSet.of(Role.COMMANDER, item.owner()), "is answered by", by.role());
  }

  static void waives(ChecklistItem item, Person by) {
    require(EnumSet.of(Role.COMMANDER, Role.CTO, item.owner()), "is waived by", by.role());
  }

  static void approves(ChecklistItem item, Person asked, Person by) {
    if (asked.isSame(by)) {
      throw new IllegalArgumentException(
          "needs a second person: "
              + by.knownAs(asked.who())
              + " asked for it, somebody else approves it");
    }
    waives(item, by);
    if (item.critical() && !isEnough(item, asked.role(), by.role())) {
      throw new IllegalArgumentException(
          "is critical: it takes the commander and %s, not %s and %s"
              .formatted(others(item), asked.role(), by.role()));
    }
  }

  private static boolean isEnough(ChecklistItem item, Role asked, Role approves) {
    Set<Role> others = others(item);
    return (asked == Role.COMMANDER && others.contains(approves))
        || (approves == Role.COMMANDER && others.contains(asked));
  }

  private static Set<Role> others(ChecklistItem item) {
    Set<Role> others = EnumSet.of(Role.CTO, item.owner());
    others.remove(Role.COMMANDER);
    return others;
  }

  private static void require(Set<Role> may, String verb, Role role) {
    if (!may.contains(role)) {
      throw new IllegalArgumentException(verb + " " + may + ", not by " + role);
    }
  }
}
