package dev.liftoff.activities.database.rehearsal;

import static dev.liftoff.database.MigrationClass.BEHAVIOUR;
import static dev.liftoff.database.MigrationClass.CONTRACT;
import static dev.liftoff.database.MigrationClass.ERROR;

import dev.liftoff.database.MigrationClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a migration changed though the catalog's facts are the same: a table that took the place of
 * another, rights, and sequences that went back.
 */
final class HiddenDifference {
  private final CopyState before;
  private final CopyState after;
  private final List<Change> changes = new ArrayList<>();

  private HiddenDifference(CopyState before, CopyState after) {
    this.before = before;
    this.after = after;
  }

  /**
   * @param newOrGone names whose rights came or went with them
   */
  static List<Change> between(CopyState before, CopyState after, Set<String> newOrGone) {
    HiddenDifference difference = new HiddenDifference(before, after);
    difference.compareIdentities();
    difference.compareRights(newOrGone);
    difference.compareSequences();
    return difference.changes;
  }

  /** Another table or column under the old name: what was in it is not in it any more. */
  private void compareIdentities() {
    Set<String> replaced = new TreeSet<>();
    before
        .identities()
        .forEach((subject, identity) -> {
          String now = after.identities().get(subject);
          if (now != null && !now.equals(identity)) {
            replaced.add(subject);
          }
        });
    replaced.stream()
        .filter(subject ->
            subject.startsWith("table ") || !replaced.contains("table " + Fact.of(subject).table()))
        .forEach(subject -> add(CONTRACT, "replaced %s by a new one".formatted(subject)));
  }

  private void compareRights(Set<String> newOrGone) {
    Map<String, String> old = before.rights();
    Map<String, String> now = after.rights();
    Set<String> subjects = new TreeSet<>(old.keySet());
    subjects.addAll(now.keySet());
    for (String subject : subjects) {
      String was = old.getOrDefault(subject, "nothing");
      String is = now.getOrDefault(subject, "nothing");
      if (!was.equals(is) && newOrGone.stream().noneMatch(name -> concerns(subject, name))) {
        add(BEHAVIOUR, "changed %s from %s to %s".formatted(subject.strip(), was, is));
      }
    }
  }

  private static boolean concerns(String subject, String name) {
    return subject.startsWith("owner " + name + " ")
        || subject.startsWith("privilege " + name + " for ");
  }

  private void compareSequences() {
    before
        .sequences()
        .forEach((sequence, position) -> {
          Long now = after.sequences().get(sequence);
          if (now != null && now < position) {
            add(
                ERROR,
                "sequence %s went back: it would give values a second time".formatted(sequence));
          }
        });
  }

  private void add(MigrationClass kind, String what) {
    changes.add(new Change(kind, what));
  }
}
