package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The database into which a restore point is restored, beside the live one. Its name is derived
 * from the launch, and its comment says whose it is: nothing else is ever dropped.
 */
public record Scratch(PostgresServer server) implements AutoCloseable {
  public static final String PREFIX = "liftoff_scratch_";
  private static final String MARKER = "scratch database of the launch ";
  private static final int READABLE = 30;

  private static final String LIKE_LIVE =
      """
      SELECT format('ENCODING %L LC_COLLATE %L LC_CTYPE %L', pg_encoding_to_char(encoding), datcollate, datctype),
             to_jsonb(d) ->> 'datlocprovider', coalesce(to_jsonb(d) ->> 'daticulocale', to_jsonb(d) ->> 'datlocale')
      FROM pg_database d WHERE datname = current_database()
      """;

  public static String name(LaunchId launch) {
    String readable = launch.asFileName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    return PREFIX
        + readable.substring(0, Math.min(READABLE, readable.length()))
        + "_"
        + Sha256.of(launch.toString()).substring(0, 12);
  }

  public String name() {
    return name(server.launch());
  }

  /** It exists, is empty, and sorts and encodes as the live database does. */
  public void create() throws SQLException {
    close();
    try (Connection connection = server.open(Purpose.PROOF);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE %s TEMPLATE template0 %s".formatted(name(), likeLive(statement)));
      statement.execute(
          "COMMENT ON DATABASE %s IS '%s'".formatted(name(), MARKER + server.launch()));
    }
  }

  public Connection open() throws SQLException {
    return Canonical.of(server.open(name(), Purpose.PROOF));
  }

  /** It does not exist. Ends what still works in it. */
  @Override
  public void close() throws SQLException {
    // An interrupted thread cannot reach the server, and the scratch database must go nevertheless.
    boolean interrupted = Thread.interrupted();
    try (Connection connection = server.open(Purpose.READ);
        Statement statement = connection.createStatement()) {
      requireOurs(connection);
      statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void requireOurs(Connection connection) throws SQLException {
    String comment = comment(connection);
    // Without a comment it was created by an attempt that died right then: the name has the launch
    // in it.
    boolean ours = comment == null || comment.equals(MARKER + server.launch());
    if (!ours || name().equals(server.database())) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database %s is not the scratch database of this launch; rename it or remove it yourself"
              .formatted(name()));
    }
  }

  private @Nullable String comment(Connection connection) throws SQLException {
    String sql = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name());
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getString(1) : null;
      }
    }
  }

  private static String likeLive(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery(LIKE_LIVE)) {
      result.next();
      String clause = result.getString(1);
      return "i".equals(result.getString(2))
          ? clause + " LOCALE_PROVIDER icu ICU_LOCALE '%s'".formatted(result.getString(3))
          : clause;
    }
  }
}
