package dev.liftoff.activities.database.rehearsal;

import static dev.liftoff.database.MigrationClass.BEHAVIOUR;
import static dev.liftoff.database.MigrationClass.CONTRACT;
import static dev.liftoff.database.MigrationClass.EXPAND;
import static dev.liftoff.database.MigrationClass.TIGHTEN;

import dev.liftoff.database.MigrationClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a migration changed in the catalog, each fact with its class: the table of database.md 5.3.
 * The facts are compared, and not the SQL: what a file says and what it does are two things.
 */
final class CatalogDifference {
  private static final Pattern INDEXED =
      Pattern.compile(" ON (?:ONLY )?(\"(?:[^\"]|\"\")+\"|\\w+)\\.(\"(?:[^\"]|\"\")+\"|\\w+) ");
  private static final Pattern REFERENCED = Pattern.compile("REFERENCES ([^(]+)\\(");
  private static final Set<String> OF_TABLE =
      Set.of("column", "constraint", "trigger", "rule", "policy");

  private final CopyState before;
  private final CopyState after;
  private final Set<String> rewritten;
  private final Set<String> newNames;
  private final Set<String> goneNames;
  private final List<Change> changes = new ArrayList<>();

  private CatalogDifference(CopyState before, CopyState after, Set<String> rewritten) {
    this.before = before;
    this.after = after;
    this.rewritten = rewritten;
    this.newNames = names(after, before);
    this.goneNames = names(before, after);
  }

  /** In the order of the facts. */
  static List<Change> between(CopyState before, CopyState after, Set<String> rewritten) {
    CatalogDifference difference = new CatalogDifference(before, after, rewritten);
    difference.compareFacts();
    Set<String> newOrGone = new TreeSet<>(difference.newNames);
    newOrGone.addAll(difference.goneNames);
    difference.changes.addAll(HiddenDifference.between(before, after, newOrGone));
    return List.copyOf(difference.changes);
  }

  private void compareFacts() {
    Map<String, String> old = before.catalog().facts();
    Map<String, String> now = after.catalog().facts();
    Map<String, String> oldPlain = before.catalog().asRestored().facts();
    Map<String, String> nowPlain = after.catalog().asRestored().facts();
    boolean respelled = changesType(old, now);
    for (String subject : union(old, now)) {
      Fact fact = Fact.of(subject);
      String was = old.get(subject);
      String is = now.get(subject);
      boolean same =
          Objects.equals(was, is)
              || (respelled && Objects.equals(oldPlain.get(subject), nowPlain.get(subject)));
      if (was == null) {
        added(fact, Objects.requireNonNull(is));
      } else if (is == null) {
        removed(fact, was);
      } else if (!same) {
        changes.addAll(ChangedFact.changes(fact, was, is, rewritten.contains(fact.table())));
      }
    }
  }

  /** Then PostgreSQL spells the casts of what depends on the column anew. */
  private static boolean changesType(Map<String, String> old, Map<String, String> now) {
    return old.entrySet().stream()
        .filter(each -> each.getKey().startsWith("column "))
        .anyMatch(each -> {
          String is = now.get(each.getKey());
          return is != null
              && !ColumnFact.of(is).type().equals(ColumnFact.of(each.getValue()).type());
        });
  }

  private void added(Fact fact, String definition) {
    if (belongsTo(newNames, after, fact, definition)) {
      addedToNew(fact, definition);
      return;
    }
    MigrationClass kind =
        switch (fact.kind()) {
          case "column" -> ColumnFact.of(definition).fillsItself() ? EXPAND : CONTRACT;
          case "index" -> definition.startsWith("CREATE UNIQUE") ? TIGHTEN : EXPAND;
          case "constraint" -> definition.startsWith("TRIGGER") ? BEHAVIOUR : TIGHTEN;
          case "trigger", "rule", "policy" -> BEHAVIOUR;
          case "inheritance" -> isNew(fact.name().split(" from ", 2)[0]) ? EXPAND : BEHAVIOUR;
          default -> EXPAND;
        };
    String why =
        kind == CONTRACT
            ? ", which is NOT NULL without a default: an INSERT of the old version fails"
            : "";
    add(kind, "added " + fact + why);
  }

  /**
   * A new table's own parts are nobody's trouble, but a reference holds rows of the other table.
   */
  private void addedToNew(Fact fact, String definition) {
    Matcher reference = REFERENCED.matcher(definition);
    if (fact.kind().equals("constraint")
        && definition.startsWith("FOREIGN KEY")
        && reference.find()
        && !isNew(reference.group(1))) {
      add(TIGHTEN, "added %s on %s".formatted(fact, reference.group(1)));
    }
  }

  private void removed(Fact fact, String definition) {
    if (belongsTo(goneNames, before, fact, definition)) {
      return;
    }
    MigrationClass kind =
        switch (fact.kind()) {
          case "index" -> definition.startsWith("CREATE UNIQUE") ? CONTRACT : BEHAVIOUR;
          case "constraint" ->
              definition.startsWith("CHECK") || definition.startsWith("FOREIGN KEY")
                  ? BEHAVIOUR
                  : CONTRACT;
          case "trigger", "rule", "policy", "statistics" -> BEHAVIOUR;
          default -> CONTRACT;
        };
    add(kind, "removed " + fact);
  }

  private boolean belongsTo(Set<String> names, CopyState state, Fact fact, String definition) {
    if (OF_TABLE.contains(fact.kind())) {
      return names.contains(fact.table());
    }
    if (!fact.kind().equals("index")) {
      return false;
    }
    Matcher table = INDEXED.matcher(definition);
    boolean ofTable = table.find() && names.contains(table.group(1) + "." + table.group(2));
    return ofTable || backsConstraint(fact, state, table);
  }

  /** The constraint is told already. */
  private static boolean backsConstraint(Fact index, CopyState state, Matcher table) {
    String name = index.name().substring(index.name().indexOf('.') + 1);
    return table.reset().find()
        && state
            .catalog()
            .facts()
            .containsKey("constraint %s.%s.%s".formatted(table.group(1), table.group(2), name));
  }

  private boolean isNew(String name) {
    return newNames.contains(name);
  }

  private void add(MigrationClass kind, String what) {
    changes.add(new Change(kind, what));
  }

  private static Set<String> names(CopyState in, CopyState andNotIn) {
    return in.catalog().facts().keySet().stream()
        .filter(subject -> !andNotIn.catalog().facts().containsKey(subject))
        .map(Fact::of)
        .filter(fact -> !OF_TABLE.contains(fact.kind()))
        .map(Fact::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> union(Map<String, String> first, Map<String, String> second) {
    Set<String> all = new TreeSet<>(first.keySet());
    all.addAll(second.keySet());
    return all;
  }
}
