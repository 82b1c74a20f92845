package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A named restore point whose state is exactly that of a snapshot. The two differ as long as any
 * transaction with a number is under way: its commit may be in the log already and not yet visible.
 * So after the restore point two things are looked at. No transaction holds the lock on its own
 * number: none is under way, not even one that a snapshot does not list because it is the newest.
 * And a snapshot is the same as the first: none has ended since. Hence none was committed between
 * snapshot and restore point, and none before them that the snapshot does not show.
 *
 * @param snapshot what is visible at the restore point
 */
public record QuietPoint(Snapshot snapshot, String name) implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(3);
  private static final String WRITING =
      "SELECT count(*)::text FROM pg_locks WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock'";

  /**
   * Tries for as long as {@code budget}.
   *
   * @param name unique for the launch; a number is appended
   */
  public static QuietPoint find(PostgresServer server, String name, Duration budget)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + budget.toNanos();
    try (Connection outside = server.open(Purpose.BACKUP)) {
      for (int attempt = 1; System.nanoTime() < deadline; attempt++) {
        Snapshot snapshot = Snapshot.export(server.open(Purpose.BACKUP));
        String seen = state(snapshot.connection());
        String candidate = name + "_" + attempt;
        if (marked(outside, candidate) && isQuiet(outside) && state(outside).equals(seen)) {
          return new QuietPoint(snapshot, candidate);
        }
        snapshot.close();
        awaitQuiet(outside, deadline);
      }
    }
    throw FailureType.BACKUP_FAILED.permanent(
        "the service of %s writes without an instant's pause for %s, so a physical copy cannot be compared exactly; use backup method logical, or pause its writers"
            .formatted(server.database(), budget));
  }

  @Override
  public void close() throws SQLException {
    snapshot.close();
  }

  /** Asking costs no login. */
  private static void awaitQuiet(Connection outside, long deadline)
      throws SQLException, InterruptedException {
    while (!isQuiet(outside) && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE);
    }
  }

  private static String state(Connection connection) throws SQLException {
    return text(connection, "SELECT pg_current_snapshot()::text");
  }

  private static boolean isQuiet(Connection outside) throws SQLException {
    return text(outside, WRITING).equals("0");
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static boolean marked(Connection outside, String name) throws SQLException {
    try (PreparedStatement statement =
        outside.prepareStatement("SELECT pg_create_restore_point(?)")) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }
}
