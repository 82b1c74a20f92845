package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.database.RowsTouched;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What PostgreSQL itself counts of a session: rows and locks. */
final class Counters {
  private static final String HISTORY = "'flyway_schema_history'";

  private static final String IN_TRANSACTION =
      "SELECT relid::bigint, n_tup_ins, n_tup_upd, n_tup_del FROM pg_catalog.pg_stat_xact_user_tables"
          + " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND relname <> "
          + HISTORY;

  private static final String COMMITTED =
      "SELECT relid::bigint, n_tup_ins, n_tup_upd, n_tup_del FROM pg_catalog.pg_stat_user_tables WHERE relname <> "
          + HISTORY;

  /** Reading without a lock is everywhere and stops nobody. */
  private static final String LOCKS =
      """
      SELECT l.relation::bigint, replace(l.mode, 'Lock', '') FROM pg_catalog.pg_locks l
      WHERE l.pid = ? AND l.locktype = 'relation' AND l.granted AND l.mode <> 'AccessShareLock'
        AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
      """;

  private static final String OTHERS =
      """
      SELECT l.relation::bigint, replace(l.mode, 'Lock', '') FROM pg_catalog.pg_locks l
      JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'relation' AND l.granted AND l.mode <> 'AccessShareLock'
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND a.backend_type = 'client backend'
        AND a.application_name <> pg_catalog.current_setting('application_name')
      """;

  private Counters() {}

  static Map<Long, RowsTouched> inTransaction(Connection connection) throws SQLException {
    return rows(connection, IN_TRANSACTION);
  }

  /**
   * Outside of a transaction a session hands its numbers over when it likes; from version 15 on it
   * can be told to.
   */
  static Map<Long, RowsTouched> committed(Connection connection) throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() >= 15) {
      run(connection, "SELECT pg_catalog.pg_stat_force_next_flush()");
      run(connection, "SELECT pg_catalog.pg_stat_clear_snapshot()");
    }
    return rows(connection, COMMITTED);
  }

  /** Without what was there before. */
  static Map<Long, RowsTouched> since(Map<Long, RowsTouched> before, Map<Long, RowsTouched> now) {
    Map<Long, RowsTouched> more = new TreeMap<>();
    now.forEach((oid, touched) -> {
      RowsTouched old = before.getOrDefault(oid, new RowsTouched(0, 0, 0));
      RowsTouched difference =
          new RowsTouched(
              Math.max(0, touched.inserted() - old.inserted()),
              Math.max(0, touched.updated() - old.updated()),
              Math.max(0, touched.deleted() - old.deleted()));
      if (!difference.equals(new RowsTouched(0, 0, 0))) {
        more.put(oid, difference);
      }
    });
    return more;
  }

  static int backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  static Map<Long, Set<String>> locks(Connection connection, int backend) throws SQLException {
    Map<Long, Set<String>> locks = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LOCKS)) {
      statement.setInt(1, backend);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          locks.computeIfAbsent(row.getLong(1), oid -> new TreeSet<>()).add(row.getString(2));
        }
      }
    }
    return locks;
  }

  /** Of all sessions in the database but those of this launch's readers. */
  static Map<Long, Set<String>> othersLocks(Connection connection) throws SQLException {
    Map<Long, Set<String>> locks = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OTHERS)) {
      while (row.next()) {
        locks.computeIfAbsent(row.getLong(1), oid -> new TreeSet<>()).add(row.getString(2));
      }
    }
    return locks;
  }

  static long count(Connection connection, Table table) throws SQLException {
    String only = table.kind().equals("p") ? "" : "ONLY ";
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_catalog.count(*) FROM " + only + table.name())) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Map<Long, RowsTouched> rows(Connection connection, String sql)
      throws SQLException {
    Map<Long, RowsTouched> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.put(row.getLong(1), new RowsTouched(row.getLong(2), row.getLong(3), row.getLong(4)));
      }
    }
    return rows;
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
