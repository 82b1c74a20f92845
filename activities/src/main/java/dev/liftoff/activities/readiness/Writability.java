package dev.liftoff.activities.readiness;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether the database takes writes. */
final class Writability {
  private static final String LIMIT = "takes writes, is not in recovery";
  private static final String STATE =
      """
      SELECT pg_is_in_recovery(), current_setting('transaction_read_only')::boolean,
        current_setting('server_version')\
      """;

  private Writability() {}

  private record State(boolean recovering, boolean readOnly, String version) {}

  static Seen at(Connection connection) throws SQLException {
    State state =
        Rows.one(
            connection,
            STATE,
            row -> new State(row.getBoolean(1), row.getBoolean(2), row.getString(3)));
    if (state.recovering()) {
      return Seen.fail("is in recovery: the url names a replica; name the primary", LIMIT);
    }
    if (state.readOnly()) {
      return Seen.fail("is read-only; set default_transaction_read_only to off", LIMIT);
    }
    write(connection);
    return Seen.pass("PostgreSQL " + state.version() + " takes writes", LIMIT);
  }

  /** A table of this connection only: it takes a transaction and the log, and leaves nothing. */
  private static void write(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE liftoff_readiness (value int) ON COMMIT DROP");
      statement.executeUpdate("INSERT INTO liftoff_readiness VALUES (1)");
    }
    connection.commit();
    connection.setAutoCommit(true);
  }
}
