package dev.liftoff.activities.database;

import dev.liftoff.activities.database.rehearsal.RehearsalRun;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.SchemaState;

/** What migrates the schema: Flyway, or a command of the service. */
interface MigrationTool {

  /** What stands and what is pending; permanent where the tool cannot go on from there. */
  SchemaState inspect() throws Exception;

  /** Runs what is pending on the copy. */
  Rehearsal rehearse(RehearsalRun run) throws Exception;

  /** Applies what is pending. */
  Migrated migrate(Progress progress) throws Exception;

  /** What stands after a migration that may have been cut off; nothing of it runs any more. */
  SchemaState reconcile(Progress progress) throws Exception;

  /** Nothing of a rehearsal runs any more. */
  void discardRehearsal() throws Exception;
}
