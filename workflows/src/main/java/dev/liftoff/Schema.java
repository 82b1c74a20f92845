package dev.liftoff;

import dev.liftoff.board.Board;
import dev.liftoff.board.Standing;
import dev.liftoff.container.Image;
import dev.liftoff.control.Controls;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.database.Proof;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.RestoredCopy;
import dev.liftoff.database.SchemaState;
import dev.liftoff.database.Throttled;
import dev.liftoff.database.WayBack.Reached;
import dev.liftoff.database.Writes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database's part of a launch; nothing where the plan has no database. */
final class Schema {
  private final Controls controls;
  private final LaunchId id;
  private final Board board;
  private @Nullable DatabaseSpec database;
  private final Standing standing;
  private final Trials trials;

  Schema(Controls controls) {
    this.controls = controls;
    id = controls.id();
    board = controls.board();
    database = controls.plan().database();
    standing = board.database.standing;
    trials = new Trials(controls);
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
    controls.step("schema at " + schema.version() + ", " + pending(spec, schema));
    schema.warnings().forEach(warning -> controls.step("database: " + warning));
  }

  Optional<RestorePoint> backUp(Survey survey, Image image) {
    if (database == null) {
      return Optional.empty();
    }
    DatabaseSpec spec =
        database.in(new MigrationCommand.Place(image, controls.plan().container().network()));
    database = spec;
    board.rollback.push("drop scratch databases", new SchemaBack(controls, spec)::dropScratch);
    RestorePoint restorePoint =
        controls
            .go()
            .database("Back up the database", spec.backupLimit())
            .backUp(id, spec.sparing(controls.plan().metrics(), survey.serving()));
    board.database.saved(restorePoint.folder());
    Throttled throttled = restorePoint.throttled();
    if (throttled != null) {
      controls.step("backup " + throttled.sentence());
    }
    if (Revision.REHEARSAL.isOn()) {
      rehearse(survey, image, spec, restorePoint);
    } else {
      prove(spec, restorePoint);
    }
    return Optional.of(restorePoint);
  }

  void migrate(RestorePoint restorePoint) {
    DatabaseSpec spec = database;
    if (spec == null) {
      return;
    }
    boolean frozen = spec.migration().writes() == Writes.FROZEN;
    if (frozen) {
      freeze(spec);
    }
    board.rollback.push(
        "find out what the migration left", new SchemaBack(controls, spec)::afterMigration);
    standing.enter(Reached.MIGRATING);
    Migrated migrated =
        controls.go().database("Migrate the database", spec.migrationLimit()).migrate(id, spec);
    standing.enter(Reached.MIGRATED);
    board.database.stands(migrated.versionAfter());
    controls.step(
        "migrated %s -> %s, applied %s"
            .formatted(migrated.versionBefore(), migrated.versionAfter(), migrated.applied()));
    verify(spec, restorePoint);
    if (frozen) {
      controls.go().database("Let the service write again", step()).open(id, spec);
      standing.letIn();
      controls.step(
          "the service writes again; from here on nothing is ever restored over its rows");
    } else if (Revision.ONLINE_RESCUE.isOn()) {
      standing.twinCanBeMadeLate();
    }
    standing.enter(Reached.OPENED);
  }

  private static String pending(DatabaseSpec spec, SchemaState schema) {
    MigrationCommand command = spec.migration().command();
    return command == null
        ? schema.pending().size() + " migrations pending"
        : "what " + command.text() + " changes is known after its rehearsal";
  }

  private void rehearse(Survey survey, Image image, DatabaseSpec spec, RestorePoint restorePoint) {
    RestoredCopy copy =
        controls
            .go()
            .database("Restore the backup to prove it", spec.backupLimit())
            .proveAndKeep(id, spec, restorePoint);
    require(copy.proof(), restorePoint);
    if (rehearsed(spec, restorePoint).migrations().isEmpty()) {
      controls.step("nothing is to be migrated");
    } else {
      trials.prove(survey, image, spec, copy.name());
    }
    controls.go().database("Drop the restored copy", step()).discardScratch(id, spec);
  }

  private Rehearsal rehearsed(DatabaseSpec spec, RestorePoint restorePoint) {
    Rehearsal rehearsal =
        controls
            .go()
            .database(
                "Rehearse the migration on the restored copy",
                spec.backupLimit().plus(spec.migrationLimit()))
            .rehearse(id, spec, restorePoint);
    List<String> lines = new ArrayList<>(rehearsal.lines());
    lines.addAll(rehearsal.warnings());
    board.database.rehearsed(lines);
    standing.rehearsed(rehearsal);
    if (!rehearsal.passed()) {
      throw Halt.rollback("the migration is refused: " + String.join("; ", rehearsal.refusals()));
    }
    lines.forEach(line -> controls.step("rehearsed: " + line));
    return rehearsal;
  }

  private void prove(DatabaseSpec spec, RestorePoint restorePoint) {
    require(
        controls
            .go()
            .database("Restore the backup to prove it", spec.backupLimit())
            .prove(id, spec, restorePoint),
        restorePoint);
  }

  private void require(Proof proof, RestorePoint restorePoint) {
    board.database.proven(proof.level());
    if (!proof.proven() || !proof.level().isVerified()) {
      throw Halt.rollback(
          "the backup is not proven: %s (%s)"
              .formatted(String.join("; ", proof.differences()), proof.level().sentence()));
    }
    controls.step(
        "%s; %d bytes in %s"
            .formatted(proof.sentence(), restorePoint.bytes(), restorePoint.folder()));
  }

  private void freeze(DatabaseSpec spec) {
    Duration limit = spec.migration().freezeLimit();
    board.rollback.push("let the service write again", new SchemaBack(controls, spec)::letIn);
    standing.frozen();
    controls.go().database("Keep the service out of its database", limit).freeze(id, spec);
    var anchor = controls.go().database("Make the twin of the database", limit).anchor(id, spec);
    standing.anchored();
    controls.step(
        "the service is kept out; twin %s has its %d tables and %d rows"
            .formatted(anchor.twin(), anchor.tables(), anchor.rows()));
  }

  private void verify(DatabaseSpec spec, RestorePoint restorePoint) {
    Integrity integrity =
        controls
            .go()
            .database("Verify the database", spec.backupLimit())
            .verify(id, spec, restorePoint);
    if (!integrity.intact()) {
      standing.damaged();
      throw Halt.rollback("the database is not whole: " + String.join("; ", integrity.findings()));
    }
    controls.step(
        "database whole: %d tables, %d rows".formatted(integrity.tables(), integrity.rows()));
  }

  private Duration step() {
    return controls.plan().limits().step();
  }
}
