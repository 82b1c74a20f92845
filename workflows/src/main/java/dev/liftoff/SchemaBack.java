package dev.liftoff;

import dev.liftoff.board.Standing;
import dev.liftoff.control.Controls;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.SchemaState;
import dev.liftoff.database.WayBack;
import dev.liftoff.notify.Announcement.Severity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;

/**
 * The database's part of the way back: looks what stands, asks the table, and does what it says.
 */
final class SchemaBack {
  private final Controls controls;
  private final LaunchId id;
  private final DatabaseSpec spec;
  private final Standing standing;

  SchemaBack(Controls controls, DatabaseSpec spec) {
    this.controls = controls;
    id = controls.id();
    this.spec = spec;
    standing = controls.board().database.standing;
  }

  String dropScratch() {
    controls.back().database("Undo: drop scratch databases", step()).discardScratch(id, spec);
    return "no scratch database is left; the restore point stays";
  }

  String letIn() {
    controls.back().database("Undo: let the service write again", step()).unfreeze(id, spec);
    standing.letIn();
    return "the service may write as before";
  }

  String afterMigration() {
    SchemaState schema =
        controls
            .back()
            .database("Undo: what the migration left", spec.migrationLimit())
            .reconcile(id, spec);
    controls.board().database.stands(schema.version());
    standing.found(schema);
    return "schema at " + schema.version() + "; " + carriedOut(standing.wayBack(), schema);
  }

  private String carriedOut(WayBack way, SchemaState schema) {
    return switch (way.action()) {
      case PUT_BACK -> putBack();
      case HOLD -> Revision.WAY_BACK.isOn() ? held(schema) : way.sentence();
      case TIDY_AND_LET_IN -> tidied(way);
      // Traffic and rights have undos of their own, and a rescue begins after all of them.
      case STOP, LET_IN, REPAIR_FORWARD, SWITCH_BACK, PROPOSE_RESCUE -> way.sentence();
    };
  }

  private String tidied(WayBack way) {
    if (Revision.WAY_BACK.isOn()) {
      standing.toAcknowledge();
      controls
          .announcer()
          .announce(
              Severity.WARNING,
              "TO ACKNOWLEDGE: a migration that is not transactional failed",
              List.of(way.sentence()));
    }
    return way.sentence();
  }

  private String held(SchemaState schema) {
    if (standing.canBePutBack() && controls.desk().stuck().takesTwin()) {
      return putBack();
    }
    throw undecided(
        "the database is held: schema %s with fingerprint %s is %s; %sretry when it is repaired forward, skip leaves it as it is and lets the service in"
            .formatted(
                schema.version(),
                schema.fingerprint(),
                standing.isDamaged() ? "damaged" : "none that was rehearsed",
                standing.canBePutBack()
                    ? "rescue puts the twin of before the migration back, nothing was written"
                        + " since; "
                    : ""));
  }

  /** While the service is kept out nothing is lost by it; afterwards it is never done. */
  private String putBack() {
    Rescued rescued =
        controls
            .back()
            .database("Undo: the twin takes the place of the damaged database", spec.backupLimit())
            .putBack(id, spec);
    if (rescued.rescued()) {
      return "the twin of before the migration is live again, the damaged one stays as "
          + rescued.kept();
    }
    String findings = "the twin was not put back: " + String.join("; ", rescued.findings());
    if (Revision.WAY_BACK.isOn()) {
      throw undecided(findings + "; retry, or skip to let the service in as it is");
    }
    return findings;
  }

  private static ApplicationFailure undecided(String sentence) {
    return FailureType.DATABASE_REFUSED.permanent(sentence);
  }

  private Duration step() {
    return controls.plan().limits().step();
  }
}
