package dev.liftoff.activities.database.rescue;

import dev.liftoff.FailureType;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What belongs to a database and not to its content: PostgreSQL does not copy it, and the service
 * would miss it where the copy takes the place of the original.
 */
final class Settings {
  private static final String OF_DATABASE =
      """
      SELECT split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1)
      FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
           CROSS JOIN unnest(s.setconfig) AS setting
      WHERE d.datname = ? AND s.setrole = 0
      """;
  private static final String OF_ROLE =
      """
      SELECT quote_ident(pg_get_userbyid(s.setrole))
      FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
      WHERE d.datname = ? AND s.setrole <> 0 LIMIT 1
      """;

  private Settings() {}

  /** Permanent where a role has settings of its own: only a superuser could copy these. */
  static void requireCopyable(Connection connection, String database) throws SQLException {
    String role = Sql.value(connection, OF_ROLE, database);
    if (role != null) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "role %1$s has settings of its own in the database %2$s, which a twin would not have; move them to the role with ALTER ROLE %1$s SET"
              .formatted(role, database));
    }
  }

  static void copy(Connection connection, String from, String to) throws SQLException {
    String limit =
        Sql.value(connection, "SELECT datconnlimit FROM pg_database WHERE datname = ?", from);
    Sql.execute(
        connection, "ALTER DATABASE %s CONNECTION LIMIT %s".formatted(Names.quoted(to), limit));
    for (String[] setting : Sql.rows(connection, 2, OF_DATABASE, from)) {
      // The server quotes the value: its rules differ from one setting to the next.
      String _ = Sql.value(connection, "SELECT set_config(?, ?, false)", setting[0], setting[1]);
      Sql.execute(
          connection,
          "ALTER DATABASE %s SET %s FROM CURRENT".formatted(Names.quoted(to), setting[0]));
    }
  }
}
