package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.database.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** A session that stands in the way of a migration, as an operator would look for it. */
record Blocker(int pid, String role, String application, String state, long seconds, String query) {
  /** Columns that {@link #read} expects, of {@code pg_stat_activity b}. */
  static final String COLUMNS =
      "b.pid, coalesce(b.usename, '') AS role, coalesce(b.application_name, '') AS application,"
          + " coalesce(b.state, 'in a state that the role may not see') AS state,"
          + " coalesce(extract(epoch FROM pg_catalog.clock_timestamp() - b.xact_start), 0)::bigint AS seconds,"
          + " coalesce(b.query, '') AS query";

  private static final int MOST = 5;

  static Blocker read(ResultSet row) throws SQLException {
    return new Blocker(
        row.getInt("pid"),
        row.getString("role"),
        row.getString("application"),
        row.getString("state"),
        row.getLong("seconds"),
        SqlText.withoutLiterals(row.getString("query")));
  }

  static String sentence(List<Blocker> blockers) {
    return blockers.stream().limit(MOST).map(Blocker::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return "pid %d (role %s, application '%s', %s, in a transaction for %d s: %s)"
        .formatted(pid, role, application, state, seconds, query);
  }
}
