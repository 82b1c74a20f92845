package dev.liftoff.activities.database.discovery;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Something between the launch and the server that hands its sessions around: an advisory lock, a
 * snapshot or a setting would be somebody else's in the next transaction. It is noticed because it
 * speaks the protocol itself: the process that it names at the login is not the one that answers. A
 * proxy that passes bytes on is none.
 */
final class Pooler {
  /** Poolers understand few settings at the login; a server understands all that are sent. */
  private static final String REFUSED_SETTINGS = "unsupported startup parameter";

  private Pooler() {}

  /** A connection to the server itself. */
  static Connection openWithout(PostgresServer server) throws SQLException {
    Connection connection = open(server);
    try {
      if (backend(connection) != connection.unwrap(PGConnection.class).getBackendPID()) {
        throw refused(server);
      }
      return connection;
    } catch (SQLException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  private static Connection open(PostgresServer server) throws SQLException {
    try {
      return server.open(Purpose.READ);
    } catch (SQLException failed) {
      if (String.valueOf(failed.getMessage()).contains(REFUSED_SETTINGS)) {
        throw refused(server);
      }
      throw failed;
    }
  }

  private static int backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT pg_backend_pid()")) {
      result.next();
      return result.getInt(1);
    }
  }

  private static RuntimeException refused(PostgresServer server) {
    return FailureType.DATABASE_REFUSED.permanent(
        "a connection pooler answers at %s, which a migration's locks and a backup's snapshot do not survive; name the server itself in the url"
            .formatted(server.spec().url().replaceFirst("\\?.*", "")));
  }
}
