package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.migration.History;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One state of the database that stays visible while this is open, also to {@code pg_dump}. The
 * locks come first, so that nobody alters a table between the snapshot and its dump; reading and
 * writing go on.
 */
public record Snapshot(
    Connection connection,
    String id,
    String walPosition,
    String xmin,
    Instant takenAt,
    String historySchema,
    List<String> tables,
    Map<String, TableLayout> layouts,
    Map<String, Long> sequences)
    implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final String GONE = "42P01";
  private static final String EXPORT =
      """
      SELECT pg_export_snapshot(), transaction_timestamp(),
             CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text,
             pg_snapshot_xmin(pg_current_snapshot())::text
      """;

  /** Takes over the connection: closing the snapshot closes it. */
  public static Snapshot export(Connection connection) throws SQLException {
    String schema = History.schema(connection);
    return export(repeatableRead(connection), schema);
  }

  /** Another connection in which this snapshot is visible. */
  public Connection joined(Connection another) throws SQLException {
    try (Statement statement = repeatableRead(another).createStatement()) {
      statement.execute("SET TRANSACTION SNAPSHOT '%s'".formatted(id));
      return another;
    } catch (SQLException refused) {
      another.close();
      throw refused;
    }
  }

  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    layouts.forEach((table, layout) -> sizes.put(table, layout.bytes()));
    return sizes;
  }

  public long bytes() {
    return layouts.values().stream().mapToLong(TableLayout::bytes).sum();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static Connection repeatableRead(Connection connection) throws SQLException {
    Canonical.of(connection).setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    return connection;
  }

  private static Snapshot export(Connection connection, String schema) throws SQLException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      List<String> expected = TableContents.tables(connection);
      connection.rollback();
      if (lock(connection, expected) && TableContents.tables(connection).equals(expected)) {
        return exported(connection, schema, expected);
      }
      connection.rollback();
    }
    throw new SQLException(
        "tables are created or dropped all the time; stop that during the backup");
  }

  private static boolean lock(Connection connection, List<String> tables) throws SQLException {
    if (tables.isEmpty()) {
      return true;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "LOCK TABLE ONLY " + String.join(", ONLY ", tables) + " IN ACCESS SHARE MODE");
      return true;
    } catch (SQLException refused) {
      if (GONE.equals(refused.getSQLState())) {
        return false;
      }
      throw refused;
    }
  }

  private static Snapshot exported(Connection connection, String schema, List<String> tables)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(EXPORT)) {
      result.next();
      Instant takenAt = result.getObject(2, OffsetDateTime.class).toInstant();
      return new Snapshot(
          connection,
          result.getString(1),
          result.getString(3),
          result.getString(4),
          takenAt,
          schema,
          tables,
          layouts(connection, tables),
          TableContents.sequences(connection));
    }
  }

  private static Map<String, TableLayout> layouts(Connection connection, List<String> tables)
      throws SQLException {
    Map<String, TableLayout> layouts = TableLayout.all(connection);
    layouts.keySet().retainAll(tables);
    return layouts;
  }
}
