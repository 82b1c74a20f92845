package dev.liftoff.activities.database.proof;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.SqlTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The privileges that roles have in the live database, in its restored copy: a copy is restored
 * without any, and the service, which is another role than the schema's owner, could do nothing in
 * it. Best given before migrations are rehearsed, so that what these grant and revoke counts.
 */
public final class CopyRights {
  private static final String SQL = sql();
  private static final String NO_DATABASE = "3D000";

  /** Null until the first grant; with nothing else of its own could a plain role mark it. */
  private static final String GIVEN =
      "SELECT datacl IS NOT NULL FROM pg_database WHERE datname = current_database()";

  private CopyRights() {}

  /**
   * Once for each copy: what a migration has revoked since is not given again. What was meanwhile
   * removed from the copy, or may not be granted, is left out. A copy of the whole server has them,
   * and one that does not exist needs none.
   */
  public static void give(PostgresServer server, String copy) throws SQLException {
    if (server.isApart(copy)) {
      return;
    }
    try (Connection connection = server.open(copy, Purpose.READ)) {
      give(connection, server, copy);
    } catch (SQLException refused) {
      if (!NO_DATABASE.equals(SqlTrouble.state(refused))) {
        throw refused;
      }
    }
  }

  private static void give(Connection connection, PostgresServer server, String copy)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!given(statement)) {
        List<String> rights = ofLive(server);
        connection.setAutoCommit(false);
        for (String right : rights) {
          give(connection, statement, right);
        }
        statement.execute("GRANT CONNECT ON DATABASE %s TO PUBLIC".formatted(copy));
        connection.commit();
      }
    }
  }

  private static boolean given(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(GIVEN)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static List<String> ofLive(PostgresServer server) throws SQLException {
    List<String> rights = new ArrayList<>();
    try (Connection live = server.open(Purpose.READ);
        Statement statement = live.createStatement();
        ResultSet row = statement.executeQuery(SQL)) {
      while (row.next()) {
        rights.add(row.getString(1));
      }
    }
    return rights;
  }

  private static void give(Connection connection, Statement statement, String right)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      statement.execute(right);
      connection.releaseSavepoint(before);
    } catch (SQLException refused) {
      connection.rollback(before);
      if (!isMissing(SqlTrouble.state(refused))) {
        throw refused;
      }
    }
  }

  /** Syntax and access (42), no such schema (3F), no such grant (0L). */
  private static boolean isMissing(String state) {
    return state.startsWith("42") || state.startsWith("3F") || state.startsWith("0L");
  }

  private static String sql() {
    try (InputStream in = CopyRights.class.getResourceAsStream("copy-rights.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
