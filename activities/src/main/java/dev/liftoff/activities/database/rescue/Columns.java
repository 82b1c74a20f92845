package dev.liftoff.activities.database.rescue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of each table, in their order, with their types. */
final class Columns {
  private static final String OF_TABLE =
      """
      SELECT quote_ident(attname), format_type(atttypid, atttypmod)
      FROM pg_attribute
      WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum
      """;
  private static final String WRITABLE =
      """
      SELECT quote_ident(attname)
      FROM pg_attribute
      WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      ORDER BY attnum
      """;

  private Columns() {}

  static Map<String, String> of(Connection connection, String table) throws SQLException {
    return Sql.pairs(connection, OF_TABLE, table);
  }

  /** Without those that the server computes. */
  static List<String> writable(Connection connection, String table) throws SQLException {
    return Sql.column(connection, WRITABLE, table);
  }

  static Map<String, List<String>> of(Connection connection, List<String> tables)
      throws SQLException {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (String table : tables) {
      columns.put(table, List.copyOf(of(connection, table).keySet()));
    }
    return columns;
  }
}
