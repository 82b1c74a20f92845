package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Secrets;
import dev.liftoff.database.DatabaseSpec;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * The server of the service's database, as one launch reaches it: by JDBC itself, and by the
 * environment of its tools.
 */
public final class PostgresServer implements AutoCloseable {
  /** A lock that a reader waits for longer than this is held by somebody's DDL. */
  private static final Duration READER_LOCK_LIMIT = Duration.ofSeconds(10);

  private static final Duration SOCKET_GRACE = Duration.ofSeconds(30);

  /** Hashes of whole rows came with this version. */
  private static final int OLDEST = 140_000;

  /** From this version on the driver asks nothing first that such a connection cannot answer. */
  private static final String OLDEST_REPLICATING = "9.4";

  private final LaunchId launch;
  private final DatabaseSpec spec;
  private final String password;
  private final Duration connectLimit;
  private final ServerAddress address;
  private final @Nullable ReusedSessions reused;
  private final @Nullable PostgresServer copies;

  public PostgresServer(
      LaunchId launch, DatabaseSpec spec, Secrets secrets, Duration connectLimit) {
    this.launch = launch;
    this.spec = spec;
    this.connectLimit = connectLimit;
    this.address = ServerAddress.of(spec.url());
    this.password = secrets.resolve(spec.password());
    this.reused = null;
    this.copies = null;
  }

  private PostgresServer(
      PostgresServer like,
      LaunchId launch,
      ServerAddress address,
      @Nullable ReusedSessions reused,
      @Nullable PostgresServer copies) {
    this.launch = launch;
    this.spec = like.spec;
    this.connectLimit = like.connectLimit;
    this.password = like.password;
    this.address = address;
    this.reused = reused;
    this.copies = copies;
  }

  /**
   * The same for a step that reads often: sessions of {@link Purpose#READ} are used again until
   * this is closed. Not for a step that renames or copies a database, which an idle session would
   * be in the way of.
   */
  public PostgresServer reusing() {
    return new PostgresServer(this, launch, address, new ReusedSessions(), copies);
  }

  @Override
  public void close() {
    if (reused != null) {
      reused.close();
    }
  }

  /** The same, as another launch reached it. */
  public PostgresServer as(LaunchId other) {
    return new PostgresServer(this, other, address, null, null);
  }

  /** A copy of it that runs at another address, with the same roles. */
  public PostgresServer at(String url) {
    return new PostgresServer(this, launch, ServerAddress.of(url), null, null);
  }

  /** The same, but the database that this url names is on a server of its own. */
  public PostgresServer withCopyAt(String url) {
    return new PostgresServer(this, launch, address, reused, at(url));
  }

  /** The server that has this database: it, or the one of the copy. */
  public PostgresServer holding(String database) {
    return copies != null && isApart(database) ? copies : this;
  }

  /** The database is on a server of its own, a physical copy of this one. */
  public boolean isApart(String database) {
    return copies != null && copies.database().equals(database);
  }

  public LaunchId launch() {
    return launch;
  }

  public DatabaseSpec spec() {
    return spec;
  }

  public String database() {
    return address.database();
  }

  /** So its disk can be seen from here. */
  public boolean isOnThisHost() throws IOException {
    return address.isOnThisHost();
  }

  public Connection open(Purpose purpose) throws SQLException {
    return open(database(), purpose);
  }

  public Connection open(String database, Purpose purpose) throws SQLException {
    if (copies != null && isApart(database)) {
      return copies.open(database, purpose);
    }
    if (reused != null && purpose == Purpose.READ) {
      return reused.lend(database, reading(new PGConnectionPoolDataSource(), database, purpose));
    }
    return reading(new PGSimpleDataSource(), database, purpose).getConnection();
  }

  /** A connection of the kind over which a server is copied. */
  public Connection openForReplication() throws SQLException {
    PGSimpleDataSource source = reading(new PGSimpleDataSource(), database(), Purpose.BACKUP);
    source.setReplication("true");
    source.setPreferQueryMode(PreferQueryMode.SIMPLE);
    source.setAssumeMinServerVersion(OLDEST_REPLICATING);
    return source.getConnection();
  }

  private <S extends BaseDataSource> S reading(S source, String database, Purpose purpose) {
    return configured(source, database, purpose, READER_LOCK_LIMIT, spec.backupLimit());
  }

  /** Permanent, {@code DATABASE_REFUSED}, unless the server is new enough and can be written to. */
  public void requireUsable() throws SQLException {
    try (Connection connection = open(Purpose.READ)) {
      requireUsable(connection);
    }
  }

  /** The same over a connection to the database that is open. */
  public void requireUsable(Connection connection) throws SQLException {
    String sql =
        "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')::boolean, current_setting('server_version_num')::int";
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      if (result.getBoolean(1)) {
        throw refused("is a standby; name the primary in the url");
      }
      if (result.getBoolean(2)) {
        throw refused("is read-only (default_transaction_read_only); make it writable");
      }
      if (result.getInt(3) < OLDEST) {
        throw refused("runs on a PostgreSQL older than 14; upgrade it");
      }
    }
  }

  private ApplicationFailure refused(String sentence) {
    return FailureType.DATABASE_REFUSED.permanent("the database " + database() + " " + sentence);
  }

  /** For Flyway where it only reads. */
  public DataSource readingSource(String database) {
    return new OwnSource() {
      @Override
      public Connection getConnection() throws SQLException {
        return open(database, Purpose.READ);
      }
    };
  }

  /** For Flyway, which opens its connections itself. */
  public PGSimpleDataSource migrationSource(Duration lockLimit) {
    return migrationSource(database(), lockLimit);
  }

  /** The same, for another database of the server. */
  public PGSimpleDataSource migrationSource(String database, Duration lockLimit) {
    return holding(database)
        .configured(
            new PGSimpleDataSource(),
            database,
            Purpose.MIGRATION,
            lockLimit,
            spec.migrationLimit());
  }

  /** A process whose environment is this finds the database, without a word on its command line. */
  public Map<String, String> toolEnvironment(String database, Purpose purpose) {
    return holding(database).environment(database, purpose);
  }

  private Map<String, String> environment(String database, Purpose purpose) {
    Map<String, String> variables = new LinkedHashMap<>();
    address.putInto(variables);
    variables.put("PGDATABASE", database);
    variables.put("PGUSER", spec.user());
    variables.put("PGPASSWORD", password);
    variables.put("PGAPPNAME", applicationName(purpose));
    variables.put("PGCONNECT_TIMEOUT", Long.toString(connectLimit.toSeconds()));
    variables.put("PGOPTIONS", SessionOptions.ofTool());
    return variables;
  }

  /**
   * The database's URL in the form that a tool wants, with {@code {user}}, {@code {password}},
   * {@code {host}}, {@code {port}} and {@code {database}} filled in. It holds the password.
   */
  public String filled(String form, String host, int port, String database) {
    return form.replace("{user}", encoded(spec.user()))
        .replace("{password}", encoded(password))
        .replace("{host}", host)
        .replace("{port}", Integer.toString(port))
        .replace("{database}", encoded(database));
  }

  /** What the sessions of a migration command get in their first packet. */
  public Map<String, String> commandSettings(Duration lockLimit) {
    return Map.of(
        "application_name", applicationName(Purpose.MIGRATION),
        "options", SessionOptions.of(null, lockLimit, spec.migrationLimit()).strip());
  }

  public Duration connectLimit() {
    return connectLimit;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * No session that this launch opened for this purpose works any more: an attempt whose worker
   * died may have left some.
   */
  public void endSessions(Purpose purpose) throws SQLException, InterruptedException {
    try (Connection connection = open(Purpose.READ)) {
      endSessions(connection, purpose);
    }
    if (copies != null) {
      copies.endSessions(purpose);
    }
  }

  /** The same over a connection that is open and stays, whatever it is for. */
  public void endSessions(Connection connection, Purpose purpose)
      throws SQLException, InterruptedException {
    sessions(purpose).end(connection);
  }

  /** What this launch runs for this purpose is rolled back by the server. */
  public void cancelQueries(Purpose purpose) {
    try (Connection connection = open(Purpose.READ)) {
      sessions(purpose).cancel(connection);
    } catch (SQLException unreachable) {
      throw new IllegalStateException(unreachable);
    }
    if (copies != null) {
      copies.cancelQueries(purpose);
    }
  }

  private OwnSessions sessions(Purpose purpose) {
    return new OwnSessions(applicationName(purpose));
  }

  private <S extends BaseDataSource> S configured(
      S source, String database, Purpose purpose, Duration lockLimit, Duration statementLimit) {
    source.setUrl(address.url());
    source.setDatabaseName(database);
    source.setUser(spec.user());
    source.setPassword(password);
    source.setApplicationName(applicationName(purpose));
    source.setConnectTimeout((int) connectLimit.toSeconds());
    source.setLoginTimeout((int) connectLimit.toSeconds());
    source.setSocketTimeout((int) statementLimit.plus(SOCKET_GRACE).toSeconds());
    source.setTcpKeepAlive(true);
    source.setOptions(
        SessionOptions.of(source.getProperty(PGProperty.OPTIONS), lockLimit, statementLimit));
    return source;
  }

  private String applicationName(Purpose purpose) {
    return "liftoff-" + Sha256.of(launch.toString()).substring(0, 12) + "-" + purpose.word();
  }
}
