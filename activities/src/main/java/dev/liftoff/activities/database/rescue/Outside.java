package dev.liftoff.activities.database.rescue;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.SQLException;

/** A session beside the live database: one inside would be in the way of copying or renaming it. */
final class Outside {
  private static final String MAINTENANCE = "postgres";

  private Outside() {}

  static Connection open(PostgresServer server) throws SQLException {
    if (server.database().equals(MAINTENANCE)) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the service uses the database postgres, so there is none to freeze it from; move the service to a database of its own");
    }
    return server.open(MAINTENANCE, Purpose.FREEZE);
  }
}
