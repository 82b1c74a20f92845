package dev.liftoff.activities.database.migration;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;

/**
 * Where a launch found the database: a later attempt must not take the work of an earlier one for
 * the beginning.
 */
public record MigrationStart(String version, int rank) {

  /** Noted at the first call. */
  public static MigrationStart of(LaunchFolder folder, PostgresServer server)
      throws SQLException, IOException {
    if (Files.exists(folder.migrationStart())) {
      return read(folder);
    }
    History history = History.read(server);
    return noted(folder, new MigrationStart(history.version(), history.lastRank()));
  }

  /** The same where a command migrates, which has no history. */
  static MigrationStart of(LaunchFolder folder, String version) throws IOException {
    return Files.exists(folder.migrationStart())
        ? read(folder)
        : noted(folder, new MigrationStart(version, 0));
  }

  private static MigrationStart noted(LaunchFolder folder, MigrationStart start)
      throws IOException {
    new MigrationTrace(List.of()).write(folder);
    folder.write(folder.migrationStart(), Payloads.mapper().writeValueAsBytes(start));
    return start;
  }

  public static MigrationStart read(LaunchFolder folder) throws IOException {
    return Payloads.mapper().readValue(folder.migrationStart().toFile(), MigrationStart.class);
  }
}
