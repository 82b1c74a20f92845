package dev.liftoff.activities.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Which server it is, whatever its address. */
public final class Identity {
  /** Where the role may not ask, as with some managed services. */
  public static final String UNKNOWN = "unknown";

  private static final String MAY_ASK =
      "SELECT has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')";

  private Identity() {}

  /** The number that initdb gave the cluster; its standbys and physical copies have it too. */
  public static String systemIdentifier(Connection connection) throws SQLException {
    return text(connection, MAY_ASK).equals("t")
        ? text(connection, "SELECT system_identifier::text FROM pg_catalog.pg_control_system()")
        : UNKNOWN;
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
