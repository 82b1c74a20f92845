package dev.liftoff.simulation;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.SchemaState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A migration tool of the service that does all at once what the folder would. */
final class SimulatedCommands {
  private final Map<LaunchId, String> rehearsed = new HashMap<>();

  /** Nobody knows what a command would do before it did it on the copy. */
  SchemaState seen(DatabaseSpec spec, SchemaState state) {
    return spec.migration().command() == null
        ? state
        : new SchemaState(
            state.version(), List.of(), state.fingerprint(), state.warnings(), state.asRehearsed());
  }

  Rehearsal rehearsed(LaunchId launch, DatabaseSpec spec, Rehearsal byFolder) {
    MigrationCommand command = spec.migration().command();
    if (command == null) {
      return byFolder;
    }
    rehearsed.put(launch, identity(command));
    return new Rehearsal(
        byFolder.fingerprint(),
        byFolder.migrations().isEmpty()
            ? List.of()
            : List.of(asOne(command, byFolder.migrations().getLast())),
        byFolder.worst(),
        byFolder.refusals(),
        byFolder.warnings());
  }

  /** Permanent unless this image and this command were rehearsed by this launch. */
  void requireRehearsed(LaunchId launch, DatabaseSpec spec) {
    MigrationCommand command = spec.migration().command();
    if (command == null) {
      return;
    }
    @Nullable String then = rehearsed.get(launch);
    if (then == null) {
      throw FailureType.MIGRATION_FAILED.permanent(
          command.text() + " was not rehearsed by this launch; nothing was applied");
    }
    if (!then.equals(identity(command))) {
      throw FailureType.MIGRATION_FAILED.permanent(
          command.text()
              + " or its image changed after it was rehearsed and approved; nothing was applied");
    }
  }

  /** A command has one version, at its end. */
  List<String> applied(DatabaseSpec spec, List<String> versions) {
    return spec.migration().command() == null || versions.isEmpty()
        ? versions
        : List.of(versions.getLast());
  }

  private static Rehearsed asOne(MigrationCommand command, Rehearsed last) {
    return new Rehearsed(
        last.version(),
        command.text(),
        identity(command),
        last.kind(),
        last.took(),
        last.locks(),
        last.rewritten(),
        last.rows(),
        last.changes(),
        last.fingerprint(),
        last.transactional());
  }

  private static String identity(MigrationCommand command) {
    return SimulatedMigrations.hash(command.identity());
  }
}
