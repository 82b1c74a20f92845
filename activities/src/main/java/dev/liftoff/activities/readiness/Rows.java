package dev.liftoff.activities.readiness;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a query answers, row by row. */
final class Rows {
  /** Turns a row into what is wanted of it. */
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private Rows() {}

  static <T> List<T> all(Connection connection, String sql, Row<T> read) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(read.of(result));
      }
    }
    return rows;
  }

  /** For a query that answers one row. */
  static <T> T one(Connection connection, String sql, Row<T> read) throws SQLException {
    return all(connection, sql, read).getFirst();
  }
}
