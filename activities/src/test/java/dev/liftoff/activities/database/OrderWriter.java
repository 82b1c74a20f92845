package dev.liftoff.activities.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * The service, as far as the database sees it: it writes all the time and remembers what it was
 * promised.
 */
public final class OrderWriter implements AutoCloseable {
  private static final long PAUSE_MS = 10;

  private final PostgresCluster cluster;
  private final String database;
  private final ConcurrentSkipListMap<Long, String> acknowledged = new ConcurrentSkipListMap<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile long longestNanos;

  public OrderWriter(PostgresCluster cluster, String database) throws SQLException {
    this.cluster = cluster;
    this.database = database;
    acknowledged.putAll(rows());
    thread = Thread.ofPlatform().name("writer").start(this::write);
  }

  /** Every row that was acknowledged, by its key. */
  public Map<Long, String> acknowledged() {
    return acknowledged;
  }

  /** The slowest answer so far. */
  public long longestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longestNanos);
  }

  /** Acknowledged rows as the database has them now. */
  public Map<Long, String> kept() throws SQLException {
    Map<Long, String> kept = rows();
    kept.keySet().retainAll(acknowledged.keySet());
    return kept;
  }

  /** Equal contents have equal hashes. */
  public static String hash(Map<Long, String> rows) {
    Sha256 sum = new Sha256();
    rows.forEach((id, item) ->
        sum.add((id + "\t" + item + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return sum.hex();
  }

  @Override
  public void close() {
    stop();
  }

  /** It does not write any more when this returns. */
  public void stop() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException called) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    long number = 0;
    while (!stopped) {
      try (Connection connection = cluster.shop(database);
          PreparedStatement insert =
              connection.prepareStatement("INSERT INTO orders (item) VALUES (?) RETURNING id")) {
        while (!stopped) {
          write(insert, "written " + number++);
          Thread.sleep(PAUSE_MS);
        }
      } catch (SQLException refused) {
        // Not acknowledged: it may be there or not.
      } catch (InterruptedException called) {
        return;
      }
    }
  }

  private void write(PreparedStatement insert, String item) throws SQLException {
    long begun = System.nanoTime();
    insert.setString(1, item);
    try (ResultSet result = insert.executeQuery()) {
      result.next();
      acknowledged.put(result.getLong(1), item);
    }
    longestNanos = Math.max(longestNanos, System.nanoTime() - begun);
  }

  private Map<Long, String> rows() throws SQLException {
    Map<Long, String> rows = new TreeMap<>();
    try (Connection connection = cluster.shop(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT id, item FROM orders")) {
      while (result.next()) {
        rows.put(result.getLong(1), result.getString(2));
      }
    }
    return rows;
  }
}
