package dev.liftoff;

import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.Proof;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.SchemaState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database's part of a launch; nothing where the plan has no database. */
final class Schema {
  private final Controls controls;
  private final LaunchId id;
  private final Board board;
  private final @Nullable DatabaseSpec database;

  Schema(Controls controls) {
    this.controls = controls;
    id = controls.id();
    board = controls.board();
    database = controls.plan().database();
  }

  void inspect() {
    DatabaseSpec spec = database;
    if (spec == null) {
      return;
    }
    SchemaState schema =
        controls
            .go()
            .database("Inspect the database", controls.plan().limits().step())
            .inspect(id, spec);
    board.database.found(schema);
    controls.step(
        "schema at " + schema.version() + ", " + schema.pending().size() + " migrations pending");
  }

  Optional<RestorePoint> backUp() {
    DatabaseSpec spec = database;
    if (spec == null) {
      return Optional.empty();
    }
    board.rollback.push("drop scratch databases", () -> dropScratch(spec));
    RestorePoint restorePoint =
        controls.go().database("Back up the database", spec.backupLimit()).backUp(id, spec);
    board.database.saved(restorePoint.folder());
    prove(spec, restorePoint);
    if (Revision.REHEARSAL.isOn()) {
      rehearse(spec, restorePoint);
      dropCopy(spec);
    }
    return Optional.of(restorePoint);
  }

  void migrate(RestorePoint restorePoint) {
    DatabaseSpec spec = database;
    if (spec == null) {
      return;
    }
    board.rollback.push("find out what the migration left", () -> reconcile(spec));
    Migrated migrated =
        controls.go().database("Migrate the database", spec.migrationLimit()).migrate(id, spec);
    board.database.stands(migrated.versionAfter());
    controls.step(
        "migrated %s -> %s, applied %s"
            .formatted(migrated.versionBefore(), migrated.versionAfter(), migrated.applied()));
    verify(spec, restorePoint);
  }

  private void prove(DatabaseSpec spec, RestorePoint restorePoint) {
    Proof proof =
        controls
            .go()
            .database("Restore the backup to prove it", spec.backupLimit())
            .prove(id, spec, restorePoint);
    if (!proof.proven()) {
      throw Halt.rollback("the backup is not proven: " + String.join("; ", proof.differences()));
    }
    board.database.proven();
    controls.step(
        "restore point proven: %d tables, %d rows, %d bytes in %s"
            .formatted(proof.tables(), proof.rows(), restorePoint.bytes(), restorePoint.folder()));
  }

  private void rehearse(DatabaseSpec spec, RestorePoint restorePoint) {
    Rehearsal rehearsal =
        controls
            .go()
            .database(
                "Rehearse the migration on the restored copy",
                spec.backupLimit().plus(spec.migrationLimit()))
            .rehearse(id, spec, restorePoint);
    board.database.rehearsed(rehearsal.lines());
    if (!rehearsal.passed()) {
      throw Halt.rollback("the migration is refused: " + String.join("; ", rehearsal.refusals()));
    }
    controls.step("rehearsed: " + String.join("; ", rehearsal.lines()));
  }

  private void verify(DatabaseSpec spec, RestorePoint restorePoint) {
    Integrity integrity =
        controls
            .go()
            .database("Verify the database", spec.backupLimit())
            .verify(id, spec, restorePoint);
    if (!integrity.intact()) {
      throw Halt.rollback("the database is not whole: " + String.join("; ", integrity.findings()));
    }
    controls.step(
        "database whole: %d tables, %d rows".formatted(integrity.tables(), integrity.rows()));
  }

  private String dropScratch(DatabaseSpec spec) {
    controls
        .back()
        .database("Undo: drop scratch databases", controls.plan().limits().step())
        .discardScratch(id, spec);
    return "no scratch database is left; the restore point stays";
  }

  private void dropCopy(DatabaseSpec spec) {
    controls
        .go()
        .database("Drop the restored copy", controls.plan().limits().step())
        .discardScratch(id, spec);
  }

  private String reconcile(DatabaseSpec spec) {
    SchemaState schema =
        controls
            .back()
            .database("Undo: what the migration left", spec.migrationLimit())
            .reconcile(id, spec);
    board.database.stands(schema.version());
    return "schema at " + schema.version() + "; every row is kept";
  }
}
