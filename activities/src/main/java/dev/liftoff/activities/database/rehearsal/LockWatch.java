package dev.liftoff.activities.database.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks from outside at the locks of a migration, and measures how long each was held without a
 * break. Between two looks a lock counts as held, so the times are too long by two pauses at most,
 * and never too short; one that came and went between two looks stopped nobody for long.
 */
final class LockWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** The locks that are held now: modes by the table's oid. */
  interface Look {
    Map<Long, Set<String>> at(Connection connection) throws SQLException;
  }

  private record Lock(long table, String mode) {}

  private final Connection connection;
  private final Look look;
  private final Map<Lock, Long> since = new HashMap<>();
  private final Map<Lock, Long> longest = new HashMap<>();
  private final Thread watcher;
  private long lookedAt = System.nanoTime();
  private volatile boolean ended;
  private volatile @Nullable SQLException trouble;

  /** The connection is its own until the end. */
  LockWatch(Connection connection, Look look) {
    this.connection = connection;
    this.look = look;
    this.watcher = Thread.ofVirtual().name("lock-watch").start(this::watch);
  }

  /**
   * How long each was held, by the table's oid and its mode.
   *
   * @param still those that the migration had not given back at its end
   */
  Map<Long, Map<String, Duration>> end(Map<Long, Set<String>> still, long at) throws SQLException {
    close();
    if (trouble != null) {
      throw new SQLException("the locks of the migration could not be read", trouble);
    }
    see(still, Math.max(at, lookedAt));
    see(Map.of(), Math.max(at, lookedAt));
    Map<Long, Map<String, Duration>> held = new TreeMap<>();
    longest.forEach((lock, nanos) ->
        held.computeIfAbsent(lock.table(), any -> new TreeMap<>())
            .put(lock.mode(), Duration.ofNanos(nanos)));
    return held;
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
    try {
      while (!ended) {
        now();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks at once. */
  synchronized void now() {
    try {
      see(look.at(connection), System.nanoTime());
    } catch (SQLException unread) {
      trouble = unread;
    }
  }

  /** What is new may have come right after the last look, what is gone may have gone right now. */
  private void see(Map<Long, Set<String>> held, long now) {
    long before = lookedAt;
    held.forEach(
        (table, modes) -> modes.forEach(mode -> since.putIfAbsent(new Lock(table, mode), before)));
    since
        .entrySet()
        .removeIf(each -> {
          Lock lock = each.getKey();
          boolean gone = !held.getOrDefault(lock.table(), Set.of()).contains(lock.mode());
          if (gone) {
            longest.merge(lock, now - each.getValue(), Math::max);
          }
          return gone;
        });
    lookedAt = now;
  }
}
