package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A session that reads one snapshot. Rows that were written after it are known by the number of
 * their transaction, and so are some from before it, of transactions that overlapped with one that
 * had not ended. Putting these back a second time changes nothing in a table with a primary key; in
 * one without, it would double them. So a moment without any writing transaction is waited for,
 * which a busy service has many times a second.
 */
final class QuietSnapshot {
  /** Then the snapshot is one of a busy moment, and a rescue may meet an obstacle. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final long PAUSE_MILLIS = 5;
  private static final String QUIET =
      "SELECT pg_snapshot_xmin(s) = pg_snapshot_xmax(s) FROM pg_current_snapshot() AS s";

  private QuietSnapshot() {}

  static Connection open(PostgresServer server) throws SQLException, InterruptedException {
    Connection live = Canonical.of(server.open(Purpose.RESCUE));
    try {
      live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      live.setReadOnly(true);
      live.setAutoCommit(false);
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (!Sql.isTrue(live, QUIET) && System.nanoTime() < deadline) {
        live.rollback();
        Thread.sleep(PAUSE_MILLIS);
      }
      return live;
    } catch (SQLException | RuntimeException | InterruptedException failed) {
      live.close();
      throw failed;
    }
  }
}
