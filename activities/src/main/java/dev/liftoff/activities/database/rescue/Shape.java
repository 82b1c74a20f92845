package dev.liftoff.activities.database.rescue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that exists before and after the migration.
 *
 * @param common columns that both have
 * @param written those of them that the server does not compute
 * @param added columns that only the new schema has
 * @param removed columns that only the old one has
 * @param key the primary key's columns; empty without one that both have
 */
record Shape(
    String table,
    List<String> common,
    List<String> written,
    List<String> added,
    List<String> removed,
    List<String> key) {
  private static final String KEY =
      """
      SELECT quote_ident(a.attname)
      FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE i.indrelid = to_regclass(?) AND i.indisprimary ORDER BY k.position
      """;

  static Shape of(Connection before, Connection after, String table) throws SQLException {
    List<String> old = List.copyOf(Columns.of(before, table).keySet());
    List<String> now = List.copyOf(Columns.of(after, table).keySet());
    List<String> written = new ArrayList<>(Columns.writable(before, table));
    written.retainAll(now);
    List<String> key = key(before, table);
    return new Shape(
        table,
        old.stream().filter(now::contains).toList(),
        List.copyOf(written),
        now.stream().filter(column -> !old.contains(column)).toList(),
        old.stream().filter(column -> !now.contains(column)).toList(),
        key.equals(key(after, table)) ? key : List.of());
  }

  boolean hasKey() {
    return !key.isEmpty();
  }

  String keys() {
    return String.join(", ", key);
  }

  /** The same row in {@code liftoff_row} and in the other relation. */
  String sameKey(String other) {
    return key.stream()
        .map(column -> "%1$s.%2$s = liftoff_row.%2$s".formatted(other, column))
        .collect(Collectors.joining(" AND "));
  }

  String select(List<String> columns, String condition) {
    return "SELECT %s FROM ONLY %s AS liftoff_row WHERE %s"
        .formatted(String.join(", ", columns), table, condition);
  }

  String count(String condition) {
    return select(List.of("count(*)"), condition);
  }

  private static List<String> key(Connection connection, String table) throws SQLException {
    return Sql.column(connection, KEY, table);
  }
}
