package dev.liftoff.activities.database.discovery;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.backup.BackupChoice;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Discovered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a database before a launch touches it, and touches nothing. Whatever a launch could only
 * find out in the middle is {@code DATABASE_REFUSED} here, with a sentence for each, all in one
 * message. Repeating looks again.
 *
 * @param artifacts where restore points go
 * @param binaries folder of PostgreSQL's tools; null for the installed ones
 */
public record Discovery(
    PostgresServer server, Path artifacts, @Nullable Path binaries, DiskSpace space) {

  public Discovery(PostgresServer server, Path artifacts, @Nullable Path binaries) {
    this(server, artifacts, binaries, DiskSpace.ofThisHost());
  }

  public Discovered look() throws SQLException, IOException, InterruptedException {
    try (Connection connection = Pooler.openWithout(server)) {
      String history = Findings.historySchema(connection);
      server.requireUsable(Canonical.of(connection));
      Findings findings = Findings.read(connection, history);
      PostgresTools tools =
          PostgresTools.fitting(connection.getMetaData().getDatabaseMajorVersion(), binaries);
      List<String> problems = new ArrayList<>(findings.refused());
      problems.addAll(new ServiceRoles(connection).problems(server.spec()));
      problems.addAll(migrations(server.spec()));
      Rooms rooms = Rooms.of(connection, server, artifacts, space);
      problems.addAll(rooms.problems());
      BackupChoice backup = BackupChoice.of(connection, server, tools);
      problems.addAll(backup.problems());
      if (!problems.isEmpty()) {
        throw refused(problems);
      }
      List<String> facts = new ArrayList<>(findings.facts());
      facts.addAll(rooms.facts());
      return new Discovered(
          connection.getMetaData().getDatabaseProductName()
              + " "
              + connection.getMetaData().getDatabaseProductVersion(),
          rooms.databaseBytes(),
          Stream.concat(findings.warnings().stream(), backup.warnings().stream()).toList(),
          facts);
    }
  }

  /** A tool of the candidate's image has its migrations in the image. */
  private static List<String> migrations(DatabaseSpec spec) {
    return spec.migration().command() != null || Files.isDirectory(Path.of(spec.migrations()))
        ? List.of()
        : List.of(
            "the folder of the migrations, %s, does not exist on the worker's host; correct it in the plan"
                .formatted(spec.migrations()));
  }

  private RuntimeException refused(List<String> problems) {
    return FailureType.DATABASE_REFUSED.permanent(
        "the database %s is not ready for a launch: %s"
            .formatted(server.database(), String.join("; and ", problems)));
  }
}
