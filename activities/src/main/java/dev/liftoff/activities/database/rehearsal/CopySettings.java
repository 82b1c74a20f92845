package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the copy the settings of the live database, which a dump does not have: with another search
 * path the migrations would not even find their history.
 */
final class CopySettings {
  private static final String NOT_ALLOWED = "42501";

  private CopySettings() {}

  /** A list is kept as it is written; anything else is one value. */
  private static String query(String copy) {
    return """
    SELECT format('ALTER %%s SET %%I TO %%s',
             CASE s.setrole WHEN 0 THEN format('DATABASE %%I', '%1$s')
                  ELSE format('ROLE %%I IN DATABASE %%I', pg_get_userbyid(s.setrole), '%1$s') END,
             split_part(c, '=', 1),
             CASE WHEN split_part(c, '=', 1) IN ('search_path', 'temp_tablespaces')
                  THEN coalesce(nullif(substr(c, strpos(c, '=') + 1), ''), '''''')
                  ELSE quote_literal(substr(c, strpos(c, '=') + 1)) END)
    FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) c
    WHERE d.datname = current_database()
      AND s.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = current_user))
    """
        .formatted(copy.replace("'", "''"));
  }

  /** A copy of the whole server has them already. */
  static void apply(PostgresServer server, String copy) throws SQLException {
    if (server.isApart(copy)) {
      return;
    }
    try (Connection connection = server.open(Purpose.READ);
        Statement statement = connection.createStatement()) {
      for (String each : statements(statement, copy)) {
        apply(statement, each);
      }
    }
  }

  private static List<String> statements(Statement statement, String copy) throws SQLException {
    List<String> statements = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(query(copy))) {
      while (row.next()) {
        statements.add(row.getString(1));
      }
    }
    return statements;
  }

  /** What only a superuser may set, the migrations cannot depend on by their own doing. */
  private static void apply(Statement statement, String sql) throws SQLException {
    try {
      statement.execute(sql);
    } catch (SQLException refused) {
      if (!NOT_ALLOWED.equals(refused.getSQLState())) {
        throw refused;
      }
    }
  }
}
