package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions that have kept a transaction open for long on a table that a migration will lock: it
 * would wait for them, and all traffic behind it.
 */
record LongTransactions(PostgresServer server, Progress progress) {
  /** From database.md 5.5. */
  private static final Duration LONG = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final String SQL =
      "SELECT DISTINCT "
          + Blocker.COLUMNS
          + """
           FROM pg_catalog.pg_stat_activity b JOIN pg_catalog.pg_locks l ON l.pid = b.pid
           WHERE l.locktype = 'relation' AND l.granted
             AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
             AND l.relation IN (SELECT pg_catalog.to_regclass(name) FROM unnest(?::text[]) AS name)
             AND b.backend_type = 'client backend'
             AND b.xact_start < pg_catalog.clock_timestamp() - ? * interval '1 millisecond'
           ORDER BY pid
          """;

  /** Waits until there are none; permanent at the deadline, with their names. */
  void awaitEnd(List<String> tables, long deadline) throws SQLException, InterruptedException {
    for (List<Blocker> found = find(tables); !found.isEmpty(); found = find(tables)) {
      if (System.nanoTime() > deadline) {
        throw FailureType.MIGRATION_FAILED.permanent(
            "a transaction on a table of the migration stays open for more than %d s: %s; end it and repeat, nothing was applied"
                .formatted(LONG.toSeconds(), Blocker.sentence(found)));
      }
      progress.report("waiting for the end of " + Blocker.sentence(found));
      Thread.sleep(LOOK);
    }
  }

  private List<Blocker> find(List<String> tables) throws SQLException {
    List<Blocker> found = new ArrayList<>();
    try (Connection connection = server.open(Purpose.READ);
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
      statement.setLong(2, LONG.toMillis());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.add(Blocker.read(result));
        }
      }
    }
    return found;
  }
}
