package dev.liftoff.activities.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The sessions that one launch opened for one purpose, as the server sees them: by the name that
 * they gave it.
 */
record OwnSessions(String applicationName) {
  private static final Duration END_LIMIT = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** None of them works any more but the one that asks. */
  void end(Connection connection) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + END_LIMIT.toNanos();
    while (signalled(connection, "pg_terminate_backend") > 0) {
      if (System.nanoTime() > deadline) {
        throw new SQLException(
            "sessions of an earlier attempt do not end, application_name " + applicationName);
      }
      Thread.sleep(LOOK);
    }
  }

  /** What they run is rolled back by the server. */
  void cancel(Connection connection) throws SQLException {
    signalled(connection, "pg_cancel_backend");
  }

  private int signalled(Connection connection, String function) throws SQLException {
    String sql =
        "SELECT count(%s(pid)) FROM pg_stat_activity WHERE application_name = ? AND pid <> pg_backend_pid()"
            .formatted(function);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, applicationName);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }
}
