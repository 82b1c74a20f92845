package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Room on a disk, asked for before each step that fills one; permanent where there is too little.
 */
public final class DiskRoom {
  private static final long MEGABYTE = 1024 * 1024;

  /** Of the databases that the role may ask for, which is all where it has pg_monitor. */
  private static final String SERVER =
      """
      SELECT coalesce(sum(pg_database_size(oid)), 0) FROM pg_database
      WHERE has_database_privilege(oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
      """;

  private static final String DATABASE =
      """
      SELECT pg_database_size(current_database()),
             CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE')
                  THEN (SELECT setting FROM pg_settings WHERE name = 'data_directory') END
      """;

  private DiskRoom() {}

  /**
   * There is so much in the folder.
   *
   * @param what for the sentence, such as {@code the dump}
   */
  public static void require(String what, Path folder, long bytes) throws IOException {
    long usable = Files.getFileStore(folder).getUsableSpace();
    if (usable < bytes) {
      throw FailureType.BACKUP_FAILED.permanent(
          "%s may need %d MB and %s has room for %d MB; make room there or use another folder"
              .formatted(what, Math.ceilDiv(bytes, MEGABYTE), folder, usable / MEGABYTE));
    }
  }

  /** For a second database like the live one, where the server's disk can be seen from here. */
  public static void requireBesideLive(String what, Connection live, PostgresServer server)
      throws SQLException, IOException {
    try (Statement statement = live.createStatement();
        ResultSet row = statement.executeQuery(DATABASE)) {
      row.next();
      String data = row.getString(2);
      if (data != null && server.isOnThisHost() && Files.isDirectory(Path.of(data))) {
        require(what, Path.of(data), row.getLong(1));
      }
    }
  }

  /** For a copy of all databases of the server. */
  public static void requireForServer(String what, Path folder, Connection live)
      throws SQLException, IOException {
    try (Statement statement = live.createStatement();
        ResultSet row = statement.executeQuery(SERVER)) {
      row.next();
      require(what, folder, row.getLong(1));
    }
  }
}
