package dev.liftoff.activities.database.integrity;

import dev.liftoff.activities.database.backup.SavedTable;
import dev.liftoff.activities.database.backup.TableLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * The primary keys that a table had in the snapshot. They are what can be compared with a database
 * that goes on growing: its count says nothing about the rows that were there. They are in the dump
 * already, so nothing is saved for them.
 */
public final class PrimaryKeys {
  private static final int BUFFER = 64 * 1024;
  private static final String SAVED = "pg_temp.liftoff_saved_keys";

  private PrimaryKeys() {}

  /** The table's primary key as it is now; empty where it has none. */
  public static List<String> columns(Connection connection, String table) throws SQLException {
    TableLayout layout = TableLayout.all(connection).get(table);
    return layout == null ? List.of() : layout.key();
  }

  /**
   * How many of the saved keys the table no longer has. Within a transaction that may create a
   * temporary table; the table still has its key.
   *
   * @param restorePoint folder of the restore point
   */
  public static long missing(
      Connection connection, String table, SavedTable saved, Path restorePoint)
      throws SQLException, IOException {
    String key = String.join(", ", saved.key());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMPORARY TABLE liftoff_saved_keys ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA"
              .formatted(key, table));
      load(connection, saved, restorePoint.resolve(saved.file()));
      statement.execute("ANALYZE " + SAVED);
      long missing = count(statement, antiJoin(table, saved.key()));
      statement.execute("DROP TABLE " + SAVED);
      return missing;
    }
  }

  private static void load(Connection connection, SavedTable saved, Path rows)
      throws SQLException, IOException {
    List<String> inTheirOrder = saved.columns().stream().filter(saved.key()::contains).toList();
    String copy = "COPY %s (%s) FROM STDIN".formatted(SAVED, String.join(", ", inTheirOrder));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(rows), BUFFER);
        OutputStream out =
            new PGCopyOutputStream(connection.unwrap(PGConnection.class), copy, BUFFER)) {
      new CopyColumns(saved.columns().stream().map(saved.key()::contains).toList())
          .project(in, out);
    }
  }

  private static String antiJoin(String table, List<String> key) {
    List<String> equal =
        key.stream().map(column -> "live.%1$s = saved.%1$s".formatted(column)).toList();
    return "SELECT count(*) FROM %s AS saved WHERE NOT EXISTS (SELECT FROM %s AS live WHERE %s)"
        .formatted(SAVED, table, String.join(" AND ", equal));
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
