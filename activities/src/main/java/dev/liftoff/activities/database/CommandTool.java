package dev.liftoff.activities.database;

import dev.liftoff.activities.database.migration.CommandContainer;
import dev.liftoff.activities.database.migration.CommandRun;
import dev.liftoff.activities.database.migration.CommandSchema;
import dev.liftoff.activities.database.rehearsal.CommandRehearsal;
import dev.liftoff.activities.database.rehearsal.RehearsalRun;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.SchemaState;

/** The service's own migration tool, in a container of the candidate's image. */
record CommandTool(CommandContainer commands, LaunchFolder folder) implements MigrationTool {
  @Override
  public SchemaState inspect() throws Exception {
    return new CommandSchema(commands).state();
  }

  @Override
  public Rehearsal rehearse(RehearsalRun run) throws Exception {
    return new CommandRehearsal(run, commands).rehearse();
  }

  @Override
  public Migrated migrate(Progress progress) throws Exception {
    return new CommandRun(commands, folder, progress).apply();
  }

  @Override
  public SchemaState reconcile(Progress progress) throws Exception {
    new CommandRun(commands, folder, progress).endLeftovers();
    return inspect();
  }

  @Override
  public void discardRehearsal() throws Exception {
    commands.discard(CommandContainer.Use.REHEARSAL);
  }
}
