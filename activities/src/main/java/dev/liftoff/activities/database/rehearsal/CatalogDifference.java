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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
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
  private static final Pattern LABEL = Pattern.compile("'(?:[^']|'')*'");

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
    difference.compareIdentities();
    difference.compareRights();
    difference.compareSequences();
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
        changed(fact, was, is);
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

  private void changed(Fact fact, String old, String now) {
    switch (fact.kind()) {
      case "column" -> column(fact, ColumnFact.of(old), ColumnFact.of(now));
      case "constraint" -> constraint(fact, old, now);
      case "index" -> index(fact, now);
      case "type" -> type(fact, old, now);
      default -> add(BEHAVIOUR, "changed " + fact);
    }
  }

  private void column(Fact fact, ColumnFact old, ColumnFact now) {
    if (!old.type().equals(now.type())) {
      boolean harmless = now.widens(old) && !rewritten.contains(fact.table());
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
    differs("default", fact, old.byDefault(), now.byDefault());
    differs("identity", fact, old.identity(), now.identity());
    differs("generation", fact, old.generated(), now.generated());
    differs("collation", fact, old.collation(), now.collation());
  }

  private void differs(String what, Fact fact, String old, String now) {
    if (!plain(old).equals(plain(now))) {
      add(BEHAVIOUR, "changed the %s of %s".formatted(what, fact));
    }
  }

  private void constraint(Fact fact, String old, String now) {
    if (now.equals(old.replaceFirst(" NOT VALID$", ""))) {
      add(EXPAND, "validated " + fact);
    } else {
      add(BEHAVIOUR, "changed " + fact);
    }
  }

  private void index(Fact fact, String now) {
    if (now.endsWith(" invalid")) {
      add(ERROR, fact + " is invalid now");
    } else {
      add(BEHAVIOUR, "changed " + fact);
    }
  }

  private void type(Fact fact, String old, String now) {
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

  private void compareRights() {
    Map<String, String> old = before.rights();
    Map<String, String> now = after.rights();
    for (String subject : union(old, now)) {
      boolean ofNewOrGone =
          newNames.stream().anyMatch(name -> concerns(subject, name))
              || goneNames.stream().anyMatch(name -> concerns(subject, name));
      String was = old.getOrDefault(subject, "nothing");
      String is = now.getOrDefault(subject, "nothing");
      if (!ofNewOrGone && !was.equals(is)) {
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

  private static List<String> labels(String definition) {
    return LABEL.matcher(definition).results().map(MatchResult::group).toList();
  }

  private static String plain(String expression) {
    return new Catalog(Map.of("", expression)).asRestored().facts().getOrDefault("", "");
  }

  /** The subject of a fact, such as {@code column public.orders.note}. */
  record Fact(String kind, String name) {
    private static final List<String> KINDS =
        List.of("partitioned table", "materialized view", "foreign table");

    static Fact of(String subject) {
      String kind =
          KINDS.stream()
              .filter(two -> subject.startsWith(two + " "))
              .findFirst()
              .orElse(subject.substring(0, subject.indexOf(' ')));
      return new Fact(kind, subject.substring(kind.length() + 1));
    }

    /** For something that belongs to a table; a quoted name may hold dots. */
    String table() {
      Matcher parts =
          Pattern.compile(
                  "((?:\"(?:[^\"]|\"\")+\"|[^.\"]+)\\.(?:\"(?:[^\"]|\"\")+\"|[^.\"]+))\\..*")
              .matcher(name);
      return parts.matches() ? parts.group(1) : name;
    }

    @Override
    public String toString() {
      return kind + " " + name;
    }
  }
}
