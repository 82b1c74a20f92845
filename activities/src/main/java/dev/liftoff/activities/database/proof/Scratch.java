package dev.liftoff.activities.database.proof;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.TableContents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database into which a restore point is restored, beside the live one. Its name is derived
 * from the launch, and its comment says whose it is and on which server: nothing else is ever
 * dropped, and never the database of the plan, whatever its name and comment (invariant I1).
 */
public record Scratch(PostgresServer server) implements AutoCloseable {
  public static final String PREFIX = "liftoff_scratch_";
  public static final String MARKER = "scratch database of the launch ";
  private static final String PROVEN = ", proven from ";
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
    try (Connection connection = server.open(Purpose.PROOF)) {
      create(connection);
    }
  }

  /** The same over a connection to the live database that is open. */
  void create(Connection live) throws SQLException {
    drop(live);
    try (Statement statement = live.createStatement()) {
      statement.execute(
          "CREATE DATABASE %s TEMPLATE template0 %s".formatted(name(), likeLive(live)));
    }
    mark(live, "");
  }

  public Connection open() throws SQLException {
    return Canonical.of(server.open(name(), Purpose.PROOF));
  }

  /** Its content is that of the restore point with this manifest, until somebody takes it. */
  void markProven(Connection live, String manifestSha256) throws SQLException {
    mark(live, PROVEN + manifestSha256);
  }

  /** The manifest of the restore point whose proven content it has; empty in any other case. */
  public Optional<String> provenFrom() throws SQLException {
    try (Connection live = server.open(Purpose.READ)) {
      return provenFrom(live);
    }
  }

  Optional<String> provenFrom(Connection live) throws SQLException {
    String proven = marker(live) + PROVEN;
    return Optional.ofNullable(comment(live))
        .filter(comment -> comment.startsWith(proven))
        .map(comment -> comment.substring(proven.length()));
  }

  /**
   * For who is going to change it: true when it has the proven content of this restore point, and
   * from now on it is no longer known as such. Repeating answers false: prove again.
   */
  public boolean take(String manifestSha256) throws SQLException {
    try (Connection live = server.open(Purpose.READ)) {
      boolean proven = provenFrom(live).equals(Optional.of(manifestSha256));
      if (proven) {
        mark(live, "");
      }
      return proven;
    }
  }

  /** It does not exist. Ends what still works in it. */
  @Override
  public void close() throws SQLException {
    // An interrupted thread cannot reach the server, and the scratch database must go nevertheless.
    boolean interrupted = Thread.interrupted();
    try (Connection live = server.open(Purpose.READ)) {
      drop(live);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The same over a connection to the live database that is open. */
  void drop(Connection live) throws SQLException {
    if (name().equals(server.database())) {
      throw notOurs("is the database of the plan");
    }
    if (!exists(live)) {
      return;
    }
    requireOurs(live);
    try (Statement statement = live.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name()));
    }
  }

  private void requireOurs(Connection live) throws SQLException {
    String comment = comment(live);
    String marker = marker(live);
    if (comment == null) {
      requireEmpty();
    } else if (!comment.equals(marker) && !comment.startsWith(marker + PROVEN)) {
      throw notOurs("is not the scratch database of this launch");
    }
  }

  /** An attempt that died between creating it and marking it has left nothing in it. */
  private void requireEmpty() throws SQLException {
    try (Connection connection = open()) {
      if (!TableContents.tables(connection).isEmpty()) {
        throw notOurs("has tables and no mark of this launch");
      }
    }
  }

  private RuntimeException notOurs(String why) {
    return FailureType.DATABASE_REFUSED.permanent(
        "the database %s %s; rename it or remove it yourself".formatted(name(), why));
  }

  private void mark(Connection live, String more) throws SQLException {
    try (Statement statement = live.createStatement()) {
      statement.execute("COMMENT ON DATABASE %s IS '%s'".formatted(name(), marker(live) + more));
    }
  }

  private String marker(Connection live) throws SQLException {
    return MARKER + server.launch() + " on server " + Identity.systemIdentifier(live);
  }

  private boolean exists(Connection live) throws SQLException {
    try (PreparedStatement statement =
        live.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      statement.setString(1, name());
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  private @Nullable String comment(Connection live) throws SQLException {
    String sql = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?";
    try (PreparedStatement statement = live.prepareStatement(sql)) {
      statement.setString(1, name());
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getString(1) : null;
      }
    }
  }

  /** The clauses by which a new database sorts and encodes as the live one does. */
  public static String likeLive(Connection live) throws SQLException {
    try (Statement statement = live.createStatement();
        ResultSet result = statement.executeQuery(LIKE_LIVE)) {
      result.next();
      String clause = result.getString(1);
      return "i".equals(result.getString(2))
          ? clause + " LOCALE_PROVIDER icu ICU_LOCALE '%s'".formatted(result.getString(3))
          : clause;
    }
  }
}
