package dev.liftoff.activities.database.proof;

import dev.liftoff.database.TableState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes a single value of the scratch copy, in a transaction that is rolled back: the count of
 * rows stays, the content does not.
 */
public final class OneRow {
  /** Constraints may forbid some changes; after so many tables the search ends. */
  private static final int TABLES = 50;

  /**
   * Expressions that fit the column's type and keep most constraints; {@code COLUMN} stands for its
   * name.
   */
  private static final String CHANGES =
      """
      SELECT quote_ident(a.attname), c.expression
      FROM pg_attribute a JOIN (VALUES
        ('text', 'coalesce(COLUMN, $$$$) || $$.$$'),
        ('character varying', 'reverse(COLUMN)'),
        ('boolean', 'NOT coalesce(COLUMN, false)'),
        ('date', 'coalesce(COLUMN, $$2000-01-01$$) + 1'),
        ('timestamp without time zone', 'coalesce(COLUMN, $$2000-01-01$$) + interval $$1 day$$'),
        ('timestamp with time zone', 'coalesce(COLUMN, $$2000-01-01$$) + interval $$1 day$$'),
        ('smallint', 'coalesce(COLUMN, 0) + 1'),
        ('integer', 'coalesce(COLUMN, 0) + 1'),
        ('bigint', 'coalesce(COLUMN, 0) + 1'),
        ('numeric', 'coalesce(COLUMN, 0) + 1'),
        ('double precision', 'coalesce(COLUMN, 0) + 1')) AS c(type, expression)
        ON format_type(a.atttypid, NULL) = c.type
      WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = '' AND a.attidentity <> 'a'
      ORDER BY a.attnum DESC
      """;

  private OneRow() {}

  /** The table that has one changed row now; null when there is none that could be changed. */
  public static @Nullable String change(Connection connection, Map<String, TableState> tables)
      throws SQLException {
    List<String> smallestFirst =
        tables.entrySet().stream()
            .filter(each -> each.getValue().rows() > 0)
            .sorted(Comparator.comparingLong(each -> each.getValue().rows()))
            .map(Map.Entry::getKey)
            .limit(TABLES)
            .toList();
    for (String table : smallestFirst) {
      for (String sql : changes(connection, table)) {
        if (apply(connection, table, sql)) {
          return table;
        }
      }
    }
    return null;
  }

  /**
   * Without a change that is possible, the row is removed: that is noticed by the count at least.
   */
  private static List<String> changes(Connection connection, String table) throws SQLException {
    List<String> changes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(CHANGES)) {
      statement.setString(1, table);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          changes.add(update(table, result.getString(1), result.getString(2)));
        }
      }
    }
    changes.add(
        "DELETE FROM ONLY %1$s WHERE ctid = (SELECT ctid FROM ONLY %1$s LIMIT 1)".formatted(table));
    return changes;
  }

  /** A row whose value really changes: NaN and infinity do not when one is added. */
  private static String update(String table, String column, String expression) {
    String value = expression.replace("COLUMN", column);
    return "UPDATE ONLY %1$s SET %2$s = %3$s WHERE ctid = (SELECT ctid FROM ONLY %1$s WHERE (%3$s) IS DISTINCT FROM %2$s LIMIT 1)"
        .formatted(table, column, value);
  }

  private static boolean apply(Connection connection, String table, String sql)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE ONLY %s DISABLE TRIGGER USER".formatted(table));
      return statement.executeUpdate(sql) == 1;
    } catch (SQLException forbidden) {
      connection.rollback(before);
      return false;
    }
  }
}
