package dev.liftoff.activities.database.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks from outside at the locks of a migration that runs without a transaction: at its end it
 * holds none of them. A lock that is held for less than the pause may be missed; it would stop
 * nobody for long.
 */
final class LockWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Connection connection;
  private final int backend;
  private final Map<Long, Set<String>> seen = new TreeMap<>();
  private final Thread watcher;
  private volatile boolean ended;
  private volatile @Nullable SQLException trouble;

  /** Closes the connection at its end. */
  LockWatch(Connection connection, int backend) {
    this.connection = connection;
    this.backend = backend;
    this.watcher = Thread.ofVirtual().name("lock-watch").start(this::watch);
  }

  /** What was seen, when nothing is seen any more. */
  Map<Long, Set<String>> end() throws SQLException {
    close();
    if (trouble != null) {
      throw new SQLException("the locks of the migration could not be read", trouble);
    }
    return seen;
  }

  @Override
  public void close() {
    // Not interrupted: that would cut its connection, and look like trouble.
    ended = true;
    boolean interrupted = Thread.interrupted();
    try {
      watcher.join();
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try (connection) {
      while (!ended) {
        Counters.locks(connection, backend)
            .forEach(
                (oid, modes) -> seen.computeIfAbsent(oid, any -> new TreeSet<>()).addAll(modes));
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (SQLException unread) {
      trouble = unread;
    }
  }
}
