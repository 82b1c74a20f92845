package dev.liftoff.database;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pending migrations, run on the restored copy of the live database. A migration command is one
 * of them, whatever it does; it is none where it changed nothing.
 *
 * @param fingerprint of the catalog before the first of them: the live one must be equal when the
 *     migration begins
 * @param migrations in order
 * @param worst the most dangerous class among them
 * @param refusals one sentence each, with the fix; a launch with one does not migrate
 * @param warnings one sentence each, for the commander at the gate
 * @param changedColumns by table, the columns that have other values in rows that were there
 *     before; a table whose rows were updated and that is not in it was not looked at column by
 *     column
 */
public record Rehearsal(
    String fingerprint,
    List<Rehearsed> migrations,
    MigrationClass worst,
    List<String> refusals,
    List<String> warnings,
    @Nullable Map<String, List<String>> changedColumns) {
  public Rehearsal {
    migrations = List.copyOf(migrations);
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
    changedColumns = changedColumns == null ? Map.of() : new TreeMap<>(changedColumns);
  }

  /** Nothing was looked at column by column. */
  public Rehearsal(
      String fingerprint,
      List<Rehearsed> migrations,
      MigrationClass worst,
      List<String> refusals,
      List<String> warnings) {
    this(fingerprint, migrations, worst, refusals, warnings, null);
  }

  /** What all of them did to rows, by table. */
  public Map<String, RowsTouched> rows() {
    Map<String, RowsTouched> rows = new TreeMap<>();
    migrations.forEach(
        each -> each.rows().forEach((table, more) -> rows.merge(table, more, RowsTouched::plus)));
    return rows;
  }

  /** Empty where that is not known. */
  public Optional<List<String>> changedColumnsOf(String table) {
    return Optional.ofNullable(Objects.requireNonNull(changedColumns).get(table));
  }

  public boolean passed() {
    return refusals.isEmpty();
  }

  /**
   * One line for each migration, for the commander: version, class, time, strongest lock, rows, and
   * what was rewritten; what it did not do is left out.
   */
  public List<String> lines() {
    return migrations.stream().map(Rehearsed::line).toList();
  }
}
