package dev.liftoff.activities.compatibility;

import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.proxy.PostgresProxy;
import dev.liftoff.activities.database.proxy.SqlTally;
import dev.liftoff.compatibility.SqlError;
import dev.liftoff.database.DatabaseSpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * Before versions are tried, the proxy is: a session that asks for the live database must find
 * itself in the copy, and an error that it makes on purpose must be counted.
 */
record Control(
    PostgresProxy proxy,
    SqlTally tally,
    String copy,
    DatabaseSpec database,
    Secrets secrets,
    Duration limit) {
  private static final String UNDEFINED_COLUMN = "42703";

  /** Why the proxy proves nothing; empty when it does. */
  Optional<String> failure(String live) throws SQLException {
    String reached = reached(live);
    if (!reached.equals(copy)) {
      return Optional.of(
          "the proxy leads to the database %s and not to the copy %s: nothing is proven"
              .formatted(reached, copy));
    }
    boolean seen =
        tally.seen().errors().stream().map(SqlError::state).anyMatch(UNDEFINED_COLUMN::equals);
    return seen
        ? Optional.empty()
        : Optional.of(
            "the proxy does not see an error that was made on purpose: nothing is proven");
  }

  private String reached(String live) throws SQLException {
    String url = "jdbc:postgresql://%s:%d/%s".formatted(proxy.host(), proxy.port(), live);
    try (Connection connection = DriverManager.getConnection(url, properties());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT current_database()")) {
      result.next();
      String database = result.getString(1);
      fail(connection);
      return database;
    }
  }

  private static void fail(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT liftoff_control FROM pg_catalog.pg_class");
      throw new SQLException("a column that no catalog has was found");
    } catch (SQLException expected) {
      if (!UNDEFINED_COLUMN.equals(expected.getSQLState())) {
        throw expected;
      }
    }
  }

  private Properties properties() {
    String seconds = Long.toString(limit.toSeconds());
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", secrets.resolve(database.password()));
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("ApplicationName", "liftoff-control");
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    return properties;
  }
}
