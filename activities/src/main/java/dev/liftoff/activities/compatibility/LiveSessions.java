package dev.liftoff.activities.compatibility;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Sessions that a container has on the server itself. Those through the proxy come from the
 * worker's address. The role must be allowed to see other roles' sessions ({@code pg_monitor});
 * where the container's address is translated on the way nothing can be seen.
 */
record LiveSessions(PostgresServer server) {
  private static final String SQL =
      "SELECT count(*) FROM pg_stat_activity WHERE client_addr = CAST(? AS inet)";

  long from(String address) throws SQLException {
    try (Connection connection = server.open(Purpose.READ);
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setString(1, address);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }
}
