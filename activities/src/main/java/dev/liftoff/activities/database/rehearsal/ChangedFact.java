package dev.liftoff.activities.database.rehearsal;

import static dev.liftoff.database.MigrationClass.BEHAVIOUR;
import static dev.liftoff.database.MigrationClass.CONTRACT;
import static dev.liftoff.database.MigrationClass.ERROR;
import static dev.liftoff.database.MigrationClass.EXPAND;
import static dev.liftoff.database.MigrationClass.TIGHTEN;

import dev.liftoff.activities.database.Catalog;
import dev.liftoff.database.MigrationClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A fact that is there before and after, with another definition. */
final class ChangedFact {
  private static final Pattern LABEL = Pattern.compile("'(?:[^']|'')*'");

  private final Fact fact;
  private final boolean rewritten;
  private final List<Change> changes = new ArrayList<>();

  private ChangedFact(Fact fact, boolean rewritten) {
    this.fact = fact;
    this.rewritten = rewritten;
  }

  /**
   * @param rewritten whether the storage of its table was replaced
   */
  static List<Change> changes(Fact fact, String old, String now, boolean rewritten) {
    ChangedFact changed = new ChangedFact(fact, rewritten);
    changed.compare(old, now);
    return changed.changes;
  }

  private void compare(String old, String now) {
    switch (fact.kind()) {
      case "column" -> column(ColumnFact.of(old), ColumnFact.of(now));
      case "constraint" -> constraint(old, now);
      case "index" -> index(now);
      case "type" -> type(old, now);
      default -> add(BEHAVIOUR, "changed " + fact);
    }
  }

  private void column(ColumnFact old, ColumnFact now) {
    if (!old.type().equals(now.type())) {
      boolean harmless = now.widens(old) && !rewritten;
      add(
          harmless ? EXPAND : CONTRACT,
          "%s %s from %s to %s"
              .formatted(harmless ? "widened" : "changed", fact, old.type(), now.type()));
    }
    if (old.notNull() != now.notNull()) {
      add(
          now.notNull() ? TIGHTEN : BEHAVIOUR,
          "%s is %s".formatted(fact, now.notNull() ? "NOT NULL now" : "no longer NOT NULL"));
    }
    differs("default", old.byDefault(), now.byDefault());
    differs("identity", old.identity(), now.identity());
    differs("generation", old.generated(), now.generated());
    differs("collation", old.collation(), now.collation());
  }

  private void differs(String what, String old, String now) {
    if (!plain(old).equals(plain(now))) {
      add(BEHAVIOUR, "changed the %s of %s".formatted(what, fact));
    }
  }

  private void constraint(String old, String now) {
    if (now.equals(old.replaceFirst(" NOT VALID$", ""))) {
      add(EXPAND, "validated " + fact);
    } else {
      add(BEHAVIOUR, "changed " + fact);
    }
  }

  private void index(String now) {
    if (now.endsWith(" invalid")) {
      add(ERROR, fact + " is invalid now");
    } else {
      add(BEHAVIOUR, "changed " + fact);
    }
  }

  private void type(String old, String now) {
    if (!old.startsWith("e ") || !now.startsWith("e ")) {
      add(BEHAVIOUR, "changed " + fact);
      return;
    }
    List<String> oldLabels = labels(old);
    List<String> nowLabels = labels(now);
    List<String> gone = oldLabels.stream().filter(label -> !nowLabels.contains(label)).toList();
    List<String> kept = nowLabels.stream().filter(oldLabels::contains).toList();
    if (!gone.isEmpty()) {
      add(CONTRACT, "removed %s from %s".formatted(String.join(", ", gone), fact));
    } else if (!kept.equals(oldLabels)) {
      add(BEHAVIOUR, "changed the order of " + fact);
    }
    nowLabels.stream()
        .filter(label -> !oldLabels.contains(label))
        .forEach(label -> add(EXPAND, "added %s to %s".formatted(label, fact)));
  }

  private void add(MigrationClass kind, String what) {
    changes.add(new Change(kind, what));
  }

  private static List<String> labels(String definition) {
    return LABEL.matcher(definition).results().map(MatchResult::group).toList();
  }

  private static String plain(String expression) {
    return new Catalog(Map.of("", expression)).asRestored().facts().getOrDefault("", "");
  }
}
