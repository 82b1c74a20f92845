package dev.liftoff.activities.database.rescue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short ways to ask one thing. */
final class Sql {
  private Sql() {}

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  /** Null when there is no row or its value is. */
  static @Nullable String value(Connection connection, String sql, String... parameters)
      throws SQLException {
    List<String[]> rows = rows(connection, 1, sql, parameters);
    return rows.isEmpty() ? null : rows.getFirst()[0];
  }

  static long number(Connection connection, String sql, String... parameters) throws SQLException {
    String value = value(connection, sql, parameters);
    return value == null ? 0 : Long.parseLong(value);
  }

  static boolean isTrue(Connection connection, String sql, String... parameters)
      throws SQLException {
    return "t".equals(value(connection, sql, parameters));
  }

  static List<String> column(Connection connection, String sql, String... parameters)
      throws SQLException {
    return rows(connection, 1, sql, parameters).stream().map(row -> row[0]).toList();
  }

  static Map<String, String> pairs(Connection connection, String sql, String... parameters)
      throws SQLException {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String[] row : rows(connection, 2, sql, parameters)) {
      pairs.put(row[0], row[1]);
    }
    return pairs;
  }

  static List<String[]> rows(Connection connection, int columns, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int each = 0; each < parameters.length; each++) {
        statement.setString(each + 1, parameters[each]);
      }
      try (ResultSet result = statement.executeQuery()) {
        return rows(result, columns);
      }
    }
  }

  private static List<String[]> rows(ResultSet result, int columns) throws SQLException {
    List<String[]> rows = new ArrayList<>();
    while (result.next()) {
      String[] row = new String[columns];
      for (int column = 0; column < columns; column++) {
        row[column] = result.getString(column + 1);
      }
      rows.add(row);
    }
    return rows;
  }
}
