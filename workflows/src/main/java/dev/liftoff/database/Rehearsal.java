package dev.liftoff.database;

import java.util.List;

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
 */
public record Rehearsal(
    String fingerprint,
    List<Rehearsed> migrations,
    MigrationClass worst,
    List<String> refusals,
    List<String> warnings) {
  public Rehearsal {
    migrations = List.copyOf(migrations);
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
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
