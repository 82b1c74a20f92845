package dev.liftoff.activities.readiness;

import dev.liftoff.plan.Durations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Who is at the database, and for how long. */
record SessionSubjects(Asked asked) {
  private static final String USED =
      """
      SELECT (SELECT sum(numbackends) FROM pg_stat_database), current_setting('max_connections')::int\
      """;

  /** A session of another role shows neither its state nor its transaction. */
  private static final String HIDDEN =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE backend_type IS NULL OR (backend_type = 'client backend' AND state IS NULL
        AND current_setting('track_activities')::boolean)\
      """;

  private static final String OLDEST =
      """
      SELECT pid, coalesce(nullif(application_name, ''), usename, 'a session'),
        extract(epoch FROM clock_timestamp() - xact_start) * 1000
      FROM pg_stat_activity
      WHERE xact_start IS NOT NULL AND backend_type = 'client backend' AND pid <> pg_backend_pid()
      ORDER BY xact_start LIMIT 1\
      """;

  private static final String PREPARED =
      """
      SELECT gid, extract(epoch FROM clock_timestamp() - prepared) * 1000 FROM pg_prepared_xacts
      ORDER BY prepared\
      """;

  /** Some transaction, and how old it is. */
  private record Open(String name, Duration age) {
    String text() {
      return "%s since %s".formatted(name, Durations.text(age));
    }
  }

  Seen connections(Connection connection) throws SQLException {
    String limit = "less than %d %% of max_connections".formatted(asked.percent());
    return Rows.one(
        connection,
        USED,
        row -> {
          long used = row.getLong(1);
          int most = row.getInt(2);
          return Seen.held(
              100 * used < (long) asked.percent() * most,
              "%d %% of %d connections in use".formatted(100 * used / most, most),
              limit);
        });
  }

  Seen longTransactions(Connection connection) throws SQLException {
    String limit = "no transaction is older than " + asked.durationText();
    long hidden = Rows.one(connection, HIDDEN, row -> row.getLong(1));
    if (hidden > 0) {
      return Seen.noData(
          "%d sessions are hidden from this role; grant it pg_read_all_stats".formatted(hidden),
          limit);
    }
    List<Open> open =
        Rows.all(
            connection,
            OLDEST,
            row ->
                new Open(
                    "%s (process %d)".formatted(row.getString(2), row.getInt(1)),
                    Duration.ofMillis(row.getLong(3))));
    if (open.isEmpty()) {
      return Seen.pass("no transaction is open", limit);
    }
    Open oldest = open.getFirst();
    return Seen.held(
        oldest.age().compareTo(asked.duration()) <= 0,
        "the oldest is that of " + oldest.text(),
        limit);
  }

  Seen prepared(Connection connection) throws SQLException {
    List<Open> waiting =
        Rows.all(
            connection,
            PREPARED,
            row -> new Open("'" + row.getString(1) + "'", Duration.ofMillis(row.getLong(2))));
    return waiting.isEmpty()
        ? Seen.pass("no prepared transaction waits", "none waits")
        : Seen.fail(
            "%d prepared transactions wait, %s: commit or roll it back"
                .formatted(waiting.size(), waiting.getFirst().text()),
            "none waits");
  }
}
