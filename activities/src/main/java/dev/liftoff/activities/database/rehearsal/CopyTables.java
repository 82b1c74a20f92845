package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The copy on which something is rehearsed, as other sessions see it. */
final class CopyTables {
  private final PostgresServer server;
  private final String copy;
  private final Progress progress;
  private final Map<Long, Long> counts = new TreeMap<>();

  CopyTables(PostgresServer server, String copy, Progress progress) {
    this.server = server;
    this.copy = copy;
    this.progress = progress;
  }

  /** Rows of each table by its oid, as they were last counted. */
  Map<Long, Long> counts() {
    return counts;
  }

  Connection open() throws SQLException {
    return server.open(copy, Purpose.READ);
  }

  Map<String, Long> named(CopyState state) {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((oid, rows) -> named.put(state.name(oid), rows));
    return named;
  }

  /** Counts the rows of each table whose number is not known. */
  CopyState look(Map<String, Long> known) throws SQLException {
    try (Connection connection = open()) {
      CopyState state = CopyState.read(connection);
      counts.clear();
      for (Table table : state.tables().values()) {
        Long rows = known.get(table.name());
        if (rows != null && table.countable()) {
          counts.put(table.oid(), rows);
        } else if (table.countable()) {
          progress.report("counting " + table.name());
          counts.put(table.oid(), Counters.count(connection, table));
        }
      }
      return state;
    }
  }

  /** A dump has no planner statistics: without them the copy would work in other ways than live. */
  void analyze(CopyState state) throws SQLException {
    List<String> tables =
        state.tables().values().stream().filter(Table::countable).map(Table::name).toList();
    if (tables.isEmpty()) {
      return;
    }
    progress.report("analyzing the copy");
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE " + String.join(", ", tables));
    }
  }
}
