package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.migration.Segment;
import dev.liftoff.database.RowsTouched;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of the rows that were there before have other values afterwards. A session keeps
 * the copy as it was before a segment, so only tables that turn out to be updated are read, and
 * nothing needs to be read beforehand.
 *
 * <p>Not known, and so not in the answer: what was updated outside of a transaction (an index that
 * is built concurrently would wait for that session for ever), in a table that was rewritten (which
 * is empty for it), that has no primary key, or in which rows came or went too.
 */
final class ChangedColumns {
  private static final String KEY =
      """
      SELECT quote_ident(a.attname)
      FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE i.indrelid = ?::oid AND i.indisprimary AND k.position <= i.indnkeyatts ORDER BY k.position
      """;
  private static final String COLUMNS =
      """
      SELECT quote_ident(attname) FROM pg_attribute
      WHERE attrelid = ?::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
      """;

  private final CopyTables tables;
  private final Map<String, Set<String>> changed = new TreeMap<>();
  private final Set<String> unknown = new TreeSet<>();

  ChangedColumns(CopyTables tables) {
    this.tables = tables;
  }

  /** Runs the migrations of one segment. */
  interface Run {
    /** False when one of them failed. */
    boolean run() throws SQLException;
  }

  /**
   * @param observed what has been seen of all migrations so far; the run adds its own
   */
  boolean during(Segment segment, List<Observed> observed, Run run) throws SQLException {
    int first = observed.size();
    try (Connection before = segment.transactional() ? asItWas() : null) {
      boolean done = run.run();
      if (done && observed.size() > first) {
        look(before, observed.subList(first, observed.size()));
      }
      return done;
    }
  }

  /**
   * By table.
   *
   * @param start before all migrations: columns that one of them added are none of the old ones
   */
  Map<String, List<String>> all(CopyState start) {
    Map<String, List<String>> all = new TreeMap<>();
    changed.forEach((table, columns) -> {
      if (!unknown.contains(table)) {
        all.put(table, columns.stream().filter(each -> start.has(table, each)).toList());
      }
    });
    return all;
  }

  private Connection asItWas() throws SQLException {
    Connection connection = Canonical.of(tables.open());
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
    return connection;
  }

  private void look(@Nullable Connection before, List<Observed> segment) throws SQLException {
    Map<Long, RowsTouched> touched = new HashMap<>();
    for (Observed each : segment) {
      each.touched().forEach((oid, rows) -> touched.merge(oid, rows, RowsTouched::plus));
    }
    CopyState first = segment.getFirst().before();
    CopyState last = segment.getLast().after();
    try (Connection now = Canonical.of(tables.open())) {
      now.setAutoCommit(false);
      for (Map.Entry<Long, RowsTouched> each : touched.entrySet()) {
        if (each.getValue().updated() > 0 && first.isTable(each.getKey())) {
          String table = last.name(each.getKey());
          boolean comparable = isOnlyUpdated(each.getKey(), each.getValue(), first, last);
          List<String> key = comparable ? texts(now, KEY, each.getKey()) : List.of();
          if (before == null || key.isEmpty()) {
            unknown.add(table);
          } else {
            changed
                .computeIfAbsent(table, name -> new TreeSet<>())
                .addAll(differing(before, now, each.getKey(), table, key));
          }
        }
      }
    }
  }

  private static boolean isOnlyUpdated(
      long oid, RowsTouched rows, CopyState first, CopyState last) {
    Table old = first.tables().get(oid);
    Table now = last.tables().get(oid);
    return rows.inserted() + rows.deleted() == 0
        && old != null
        && now != null
        && old.storage() == now.storage();
  }

  private static List<String> differing(
      Connection before, Connection now, long oid, String table, List<String> key)
      throws SQLException {
    List<String> columns = new ArrayList<>(texts(before, COLUMNS, oid));
    columns.retainAll(texts(now, COLUMNS, oid));
    List<String> old = sums(before, table, key, columns);
    List<String> present = sums(now, table, key, columns);
    List<String> differing = new ArrayList<>();
    for (int each = 0; each < columns.size(); each++) {
      if (!old.get(each).equals(present.get(each))) {
        differing.add(columns.get(each));
      }
    }
    return differing;
  }

  /** With the key in each sum, so that two rows that exchange their values are noticed. */
  private static List<String> sums(
      Connection connection, String table, List<String> key, List<String> columns)
      throws SQLException {
    List<String> sums =
        columns.stream()
            .map(column ->
                "coalesce(sum(hashtextextended(ROW(%s, %s)::text, 0)), 0)::text"
                    .formatted(String.join(", ", key), column))
            .toList();
    String sql = "SELECT %s FROM ONLY %s".formatted(String.join(", ", sums), table);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      List<String> values = new ArrayList<>();
      for (int each = 1; each <= columns.size(); each++) {
        values.add(row.getString(each));
      }
      return values;
    }
  }

  private static List<String> texts(Connection connection, String sql, long oid)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, Long.toString(oid));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          texts.add(row.getString(1));
        }
      }
    }
    return texts;
  }
}
