package dev.liftoff.activities.readiness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replicas of the database, as the primary sees them. */
record ReplicaSubjects(Asked asked) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final String NO_REPLICA =
      "no replica streams from this server; mark the item not applicable where there is none";

  /** What only receives, such as a backup of the log, has a state but no position of replay. */
  private static final String REPLICAS =
      """
      SELECT coalesce(nullif(application_name, ''), 'a replica'), state, replay_lsn >= ?::pg_lsn,
        pg_wal_lsn_diff(?::pg_lsn, replay_lsn)
      FROM pg_stat_replication WHERE state IS NULL OR replay_lsn IS NOT NULL ORDER BY 1\
      """;

  private record Replica(String name, @Nullable String state, boolean caughtUp, long bytesBehind) {}

  /** Those that the item names, or at least one. */
  Seen streaming(Connection connection) throws SQLException {
    String limit =
        asked.names().isEmpty()
            ? "at least one streams"
            : String.join(", ", asked.names()) + " stream";
    List<Replica> replicas = replicas(connection, position(connection));
    if (replicas.stream().anyMatch(replica -> replica.state() == null)) {
      return hidden(limit);
    }
    List<String> streaming =
        replicas.stream()
            .filter(replica -> "streaming".equals(replica.state()))
            .map(Replica::name)
            .toList();
    List<String> missing =
        asked.names().stream().filter(name -> !streaming.contains(name)).toList();
    boolean all = missing.isEmpty() && !streaming.isEmpty();
    String value =
        streaming.isEmpty() ? "no replica streams" : String.join(", ", streaming) + " stream";
    return Seen.held(
        all, missing.isEmpty() ? value : value + "; not " + String.join(", ", missing), limit);
  }

  /**
   * Waits until they have replayed what was just committed. The columns that tell a time cannot be
   * used: a replica that stalls keeps its last good lag, and an idle one has none.
   */
  Seen lag(Connection connection) throws SQLException, InterruptedException {
    String limit = "less than " + asked.durationText() + " behind";
    String written = committed(connection);
    long begun = System.nanoTime();
    while (true) {
      List<Replica> replicas = replicas(connection, written);
      Duration waited = Duration.ofNanos(System.nanoTime() - begun);
      if (replicas.isEmpty()) {
        return Seen.noData(NO_REPLICA, limit);
      }
      if (replicas.stream().anyMatch(replica -> replica.state() == null)) {
        return hidden(limit);
      }
      List<Replica> behind = replicas.stream().filter(replica -> !replica.caughtUp()).toList();
      if (behind.isEmpty()) {
        return Seen.held(
            waited.compareTo(asked.duration()) < 0,
            "%d replicas had what was written after %s".formatted(replicas.size(), seconds(waited)),
            limit);
      }
      if (waited.compareTo(asked.duration()) >= 0) {
        return Seen.fail(late(behind, waited), limit);
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  private static String late(List<Replica> behind, Duration waited) {
    return String.join(
        ", ",
        behind.stream()
            .map(replica ->
                "replica %s is more than %s behind (%d kB of the log)"
                    .formatted(replica.name(), seconds(waited), replica.bytesBehind() / 1_000))
            .toList());
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }

  private Seen hidden(String limit) {
    return Seen.noData("the replicas are hidden from this role; grant it pg_monitor", limit);
  }

  /** On a server where nothing is written, a replica that has stopped looks like a good one. */
  private static String committed(Connection connection) throws SQLException {
    var _ = Rows.one(connection, "SELECT pg_current_xact_id()::text", row -> row.getString(1));
    // The commit of such a transaction is written a moment later.
    return Rows.one(
        connection, "SELECT pg_current_wal_insert_lsn()::text", row -> row.getString(1));
  }

  private static String position(Connection connection) throws SQLException {
    return Rows.one(connection, "SELECT pg_current_wal_lsn()::text", row -> row.getString(1));
  }

  private static List<Replica> replicas(Connection connection, String written) throws SQLException {
    List<Replica> replicas = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(REPLICAS)) {
      statement.setString(1, written);
      statement.setString(2, written);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          replicas.add(
              new Replica(row.getString(1), row.getString(2), row.getBoolean(3), row.getLong(4)));
        }
      }
    }
    return replicas;
  }
}
