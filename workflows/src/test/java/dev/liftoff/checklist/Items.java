package dev.liftoff.checklist;

import dev.liftoff.gate.Role;
import java.time.Duration;

/** Items for tests. */
public final class Items {
  private Items() {}

  public static ChecklistItem human(String id, Role owner) {
    return new ChecklistItem(
        id,
        "area",
        "Is " + id + " so?",
        "look",
        owner,
        ItemKind.HUMAN,
        false,
        1,
        EvidenceKind.NONE,
        Duration.ofHours(24),
        null,
        "",
        null);
  }

  public static ChecklistItem automatic(String id, Role owner) {
    return measured(human(id, owner), ItemKind.AUTOMATIC, Subject.DATABASE);
  }

  public static ChecklistItem endToEnd(String id, Role owner) {
    return measured(human(id, owner), ItemKind.AUTOMATIC, Subject.END_TO_END);
  }

  public static ChecklistItem both(String id, Role owner) {
    return measured(human(id, owner), ItemKind.BOTH, Subject.DATABASE);
  }

  public static ChecklistItem critical(ChecklistItem item) {
    return new ChecklistItem(
        item.id(),
        item.area(),
        item.question(),
        item.how(),
        item.owner(),
        item.kind(),
        true,
        item.weight(),
        item.evidence(),
        item.validFor(),
        item.when(),
        item.why(),
        item.examination());
  }

  public static ChecklistItem needing(EvidenceKind evidence, ChecklistItem item) {
    return new ChecklistItem(
        item.id(),
        item.area(),
        item.question(),
        item.how(),
        item.owner(),
        item.kind(),
        item.critical(),
        item.weight(),
        evidence,
        item.validFor(),
        item.when(),
        item.why(),
        item.examination());
  }

  private static ChecklistItem measured(ChecklistItem item, ItemKind kind, Subject subject) {
    return new ChecklistItem(
        item.id(),
        item.area(),
        item.question(),
        item.how(),
        item.owner(),
        kind,
        item.critical(),
        item.weight(),
        item.evidence(),
        item.validFor(),
        item.when(),
        item.why(),
        new Examination(subject, null, java.util.List.of()));
  }
}
