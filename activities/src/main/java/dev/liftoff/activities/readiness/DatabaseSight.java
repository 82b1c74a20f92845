package dev.liftoff.activities.readiness;

import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.database.DatabaseSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A short look at the plan's database. */
record DatabaseSight(Secrets secrets) {
  static final String NONE =
      "the plan has no database; mark the item not applicable, or write when: database";

  /** What is looked at over a connection that ends with it. */
  interface Look {
    Seen at(Connection connection) throws Exception;
  }

  Seen at(Asked asked, Look look) throws Exception {
    DatabaseSpec spec = asked.plan().database();
    if (spec == null) {
      return Seen.noData(NONE, "a database");
    }
    PostgresServer server = new PostgresServer(asked.launch(), spec, secrets, asked.patience());
    try (Connection connection = server.open(Purpose.READ)) {
      limited(connection, asked);
      return look.at(connection);
    }
  }

  /** The server ends it too: a statement must not outlive whoever asked. */
  private static void limited(Connection connection, Asked asked) throws SQLException {
    int millis = Math.toIntExact(asked.patience().toMillis());
    connection.setNetworkTimeout(Runnable::run, millis);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = " + millis);
    }
  }
}
