package dev.liftoff.activities.database.pace;

import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.backup.TableSums;
import dev.liftoff.database.TableState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up a table in parts, with room to wait between them: the sums of its parts are its sum.
 *
 * @param part bytes of the table that are read at once
 */
public record Slices(Throttle throttle, long part) implements TableSums.ContentReader {
  /** Some hundredths of a second of hashing, database.md section 2; two seconds at the floor. */
  private static final long PART = 8L << 20;

  /** Only in a heap do row numbers tell where a row lies. */
  private static final String SIZES =
      """
      SELECT pg_table_size(c.oid), pg_relation_size(c.oid) / current_setting('block_size')::int, a.amname = 'heap'
      FROM pg_class c LEFT JOIN pg_am a ON a.oid = c.relam WHERE c.oid = ?::regclass
      """;

  /** In parts only where somebody looks at the service: a table as a whole is read in parallel. */
  public static TableSums.ContentReader by(Throttle throttle, TableSums.ContentReader whole) {
    return throttle.isActive() ? new Slices(throttle, PART) : whole;
  }

  @Override
  public TableState read(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SIZES)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return read(connection, table, row.getLong(1), row.getLong(2), row.getBoolean(3));
      }
    }
  }

  private TableState read(
      Connection connection, String table, long bytes, long blocks, boolean isHeap)
      throws SQLException {
    long parts = isHeap ? Math.clamp((bytes + part - 1) / part, 1, Math.max(1, blocks)) : 1;
    long each = bytes / parts;
    return TableContents.read(
        connection, table, conditions(Math.max(1, blocks / parts), parts), () -> waitFor(each));
  }

  /** The last one has no end, whatever was added meanwhile. */
  private static List<String> conditions(long blocks, long parts) {
    List<String> conditions = new ArrayList<>();
    for (long number = 0; number < parts; number++) {
      String from = "liftoff_row.ctid >= '(%d,0)'".formatted(number * blocks);
      String to = " AND liftoff_row.ctid < '(%d,0)'".formatted((number + 1) * blocks);
      conditions.add(number == parts - 1 ? (parts == 1 ? "true" : from) : from + to);
    }
    return conditions;
  }

  private void waitFor(long bytes) throws SQLException {
    try {
      throttle.take(bytes);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", stopped);
    }
  }
}
