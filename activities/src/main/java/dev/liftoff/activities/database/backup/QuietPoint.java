package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.plan.Durations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named restore point whose state is exactly that of a snapshot. The two differ as long as any
 * transaction with a number is under way: its commit may be in the log already and not yet visible.
 * So after the restore point two things are looked at. No transaction holds the lock on its own
 * number: none is under way, not even one that a snapshot does not list because it is the newest.
 * And a snapshot is the same as the first: none has ended since. Hence none was committed between
 * snapshot and restore point, and none before them that the snapshot does not show.
 *
 * <p>A service that never pauses is made to: for the length of both, some ten milliseconds, its
 * writers wait for a lock on their tables. A commit is visible before its locks are free, so all
 * that was written in these tables is in both or in neither. Who holds such a lock for longer than
 * {@link #LOCK_LIMIT} is not waited for, and it is tried again.
 *
 * @param snapshot what is visible at the restore point
 */
public record QuietPoint(Snapshot snapshot, String name) implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(3);

  /** Nobody waits longer for an attempt than this and the time that a snapshot takes. */
  private static final Duration LOCK_LIMIT = Duration.ofMillis(100);

  private static final Duration BETWEEN_LOCKS = Duration.ofMillis(500);

  /** Of the budget, for an instant that comes by itself. */
  private static final int PARTS_WITHOUT_LOCK = 3;

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String WRITING =
      "SELECT count(*)::text FROM pg_locks WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock'";

  /**
   * Tries for as long as {@code budget}.
   *
   * @param name unique for the launch; a number is appended
   */
  public static QuietPoint find(PostgresServer server, String name, Duration budget)
      throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    long patience = begun + budget.toNanos() / PARTS_WITHOUT_LOCK;
    long deadline = begun + budget.toNanos();
    try (Connection outside = server.open(Purpose.BACKUP)) {
      for (int attempt = 1; System.nanoTime() < deadline; attempt++) {
        String candidate = name + "_" + attempt;
        Snapshot snapshot =
            System.nanoTime() < patience
                ? byItself(server, outside, candidate, patience)
                : whileWritersWait(server, outside, candidate);
        if (snapshot != null) {
          return new QuietPoint(snapshot, candidate);
        }
      }
    }
    throw FailureType.BACKUP_FAILED.permanent(
        "the service of %s writes without an instant's pause for %s, and its tables cannot be locked within %d ms, so a physical copy cannot be compared exactly; use backup method logical, or pause its writers"
            .formatted(server.database(), Durations.text(budget), LOCK_LIMIT.toMillis()));
  }

  /** Null when somebody wrote meanwhile; the next such instant has come then. */
  private static @Nullable Snapshot byItself(
      PostgresServer server, Connection outside, String candidate, long patience)
      throws SQLException, InterruptedException {
    Snapshot snapshot = Snapshot.export(server.open(Purpose.BACKUP));
    String seen = state(snapshot.connection());
    if (marked(outside, candidate) && isQuiet(outside) && state(outside).equals(seen)) {
      return snapshot;
    }
    snapshot.close();
    awaitQuiet(outside, patience);
    return null;
  }

  /** Null when somebody held on to a table. */
  private static @Nullable Snapshot whileWritersWait(
      PostgresServer server, Connection outside, String candidate)
      throws SQLException, InterruptedException {
    Thread.sleep(BETWEEN_LOCKS);
    Connection reader = server.open(Purpose.BACKUP);
    outside.setAutoCommit(false);
    try {
      lock(outside);
      Snapshot snapshot = Snapshot.export(reader);
      marked(outside, candidate);
      return snapshot;
    } catch (SQLException refused) {
      reader.close();
      if (!LOCK_NOT_AVAILABLE.equals(refused.getSQLState())) {
        throw refused;
      }
      return null;
    } finally {
      outside.rollback();
      outside.setAutoCommit(true);
    }
  }

  private static void lock(Connection outside) throws SQLException {
    List<String> tables = TableContents.tables(outside);
    try (Statement statement = outside.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = %d".formatted(LOCK_LIMIT.toMillis()));
      if (!tables.isEmpty()) {
        statement.execute(
            "LOCK TABLE ONLY %s IN SHARE MODE".formatted(String.join(", ONLY ", tables)));
      }
    }
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
