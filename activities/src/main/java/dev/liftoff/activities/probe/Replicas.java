package dev.liftoff.activities.probe;

import dev.liftoff.probe.Check;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how far replicas are behind by waiting until they have replayed what was just written.
 * The columns of {@code pg_stat_replication} that tell a time cannot be used for that: a replica
 * that stalls keeps its last good lag, and an idle one has none.
 */
record Replicas(Connection connection, Check.Postgres check) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** What only receives, such as a backup of the log, has a state but no position of replay. */
  private static final String BEHIND =
      """
      select coalesce(nullif(application_name, ''), 'a replica'), state, replay_lsn >= ?::pg_lsn
      from pg_stat_replication where state is null or replay_lsn is not null\
      """;

  void follow(List<String> facts, List<String> wrong) throws SQLException, InterruptedException {
    String written = written();
    long start = System.nanoTime();
    while (true) {
      List<String> behind = new ArrayList<>();
      int all = look(written, behind);
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (behind.isEmpty()) {
        facts.add(
            all == 0 ? "no replicas" : all + " replicas follow in " + waited.toMillis() + " ms");
        return;
      }
      if (waited.compareTo(check.lagBelow()) >= 0) {
        wrong.add(
            "more than %d s behind: ".formatted(waited.toSeconds()) + String.join(", ", behind));
        return;
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  private String written() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_current_wal_lsn()::text")) {
      row.next();
      return row.getString(1);
    }
  }

  /** How many replicas there are. */
  private int look(String written, List<String> behind) throws SQLException {
    int all = 0;
    try (PreparedStatement statement = connection.prepareStatement(BEHIND)) {
      statement.setString(1, written);
      try (ResultSet row = statement.executeQuery()) {
        for (; row.next(); all++) {
          requireVisible(row);
          if (!row.getBoolean(3)) {
            behind.add(row.getString(1));
          }
        }
      }
    }
    return all;
  }

  private void requireVisible(ResultSet row) throws SQLException {
    if (row.getString(2) == null) {
      throw new SQLException(
          "the lag of the replicas is hidden; grant pg_monitor to " + check.user());
    }
  }
}
