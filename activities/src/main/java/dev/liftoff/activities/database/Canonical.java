package dev.liftoff.activities.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Sessions that spell values and names the same way, whoever opens them and wherever. */
public final class Canonical {
  private static final String SETTINGS =
      """
      SET search_path = pg_catalog;
      SET TimeZone = 'UTC';
      SET DateStyle = 'ISO, YMD';
      SET IntervalStyle = 'postgres';
      SET extra_float_digits = 1;
      SET bytea_output = 'hex';
      SET lc_monetary = 'C';
      SET row_security = off;
      SET quote_all_identifiers = off
      """;

  private Canonical() {}

  /**
   * Row security is off: a role that may not see every row gets an error, and not a part of the
   * rows.
   */
  public static Connection of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
      return connection;
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }
}
