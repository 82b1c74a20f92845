package dev.liftoff.activities.database.discovery;

import dev.liftoff.activities.database.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Room for the dump where restore points go, and for a second copy where the server keeps its data.
 */
record Rooms(long databaseBytes, List<String> problems, List<String> facts) {
  /** Dump, scratch copy and what the migration writes anew: database.md section 4, DISCOVER. */
  static final double FACTOR = 2.5;

  private static final long MEGABYTE = 1024 * 1024;
  private static final String SQL =
      """
      SELECT pg_database_size(current_database()),
             CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE') THEN (SELECT setting FROM pg_settings WHERE name = 'data_directory') END
      """;

  static Rooms of(Connection connection, PostgresServer server, Path artifacts, DiskSpace space)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SQL)) {
      row.next();
      Rooms rooms = new Rooms(row.getLong(1), new ArrayList<>(), new ArrayList<>());
      rooms.require("the dump", artifacts, rooms.databaseBytes, space);
      rooms.data(row.getString(2), server, space);
      return rooms;
    }
  }

  private void data(@Nullable String directory, PostgresServer server, DiskSpace space)
      throws IOException {
    if (directory != null && server.isOnThisHost() && Files.isDirectory(Path.of(directory))) {
      long needed = (long) (FACTOR * databaseBytes);
      require("dump, scratch copy and migration", Path.of(directory), needed, space);
    } else {
      facts.add(
          "room on the server's disk is not visible from here: the scratch copy needs %d MB there"
              .formatted(megabytes(databaseBytes)));
    }
  }

  private void require(String what, Path folder, long bytes, DiskSpace space) throws IOException {
    long usable = space.usable(folder);
    if (usable < bytes) {
      problems.add(
          "%s may need %d MB and %s has room for %d MB; make room there"
              .formatted(what, megabytes(bytes), folder, usable / MEGABYTE));
    }
  }

  private static long megabytes(long bytes) {
    return Math.ceilDiv(bytes, MEGABYTE);
  }
}
