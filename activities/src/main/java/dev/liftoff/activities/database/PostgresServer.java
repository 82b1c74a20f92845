package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Secrets;
import dev.liftoff.database.DatabaseSpec;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
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

  /** The server notices within this time that the worker has died, and stops working for it. */
  private static final Duration DEAD_CLIENT_CHECK = Duration.ofSeconds(1);

  private static final Duration SOCKET_GRACE = Duration.ofSeconds(30);
  private static final Duration SESSION_END_LIMIT = Duration.ofSeconds(20);

  /** Hashes of whole rows came with this version. */
  private static final int OLDEST = 140_000;

  /** From this version on the driver asks nothing first that such a connection cannot answer. */
  private static final String OLDEST_REPLICATING = "9.4";

  private final LaunchId launch;
  private final DatabaseSpec spec;
  private final String password;
  private final Duration connectLimit;
  private final String url;
  private final Properties address;
  private final @Nullable ReusedSessions reused;
  private final @Nullable PostgresServer copies;

  public PostgresServer(
      LaunchId launch, DatabaseSpec spec, Secrets secrets, Duration connectLimit) {
    this.launch = launch;
    this.spec = spec;
    this.connectLimit = connectLimit;
    this.url = spec.url();
    this.address = address(url);
    this.password = secrets.resolve(spec.password());
    this.reused = null;
    this.copies = null;
  }

  private PostgresServer(
      PostgresServer like,
      LaunchId launch,
      String url,
      @Nullable ReusedSessions reused,
      @Nullable PostgresServer copies) {
    this.launch = launch;
    this.spec = like.spec;
    this.connectLimit = like.connectLimit;
    this.password = like.password;
    this.address = address(url);
    this.url = url;
    this.reused = reused;
    this.copies = copies;
  }

  /**
   * The same for a step that reads often: sessions of {@link Purpose#READ} are used again until
   * this is closed. Not for a step that renames or copies a database, which an idle session would
   * be in the way of.
   */
  public PostgresServer reusing() {
    return new PostgresServer(this, launch, url, new ReusedSessions(), copies);
  }

  @Override
  public void close() {
    if (reused != null) {
      reused.close();
    }
  }

  /** The same, as another launch reached it. */
  public PostgresServer as(LaunchId other) {
    return new PostgresServer(this, other, url, null, null);
  }

  /** A copy of it that runs at another address, with the same roles. */
  public PostgresServer at(String url) {
    return new PostgresServer(this, launch, url, null, null);
  }

  /** The same, but the database that this url names is on a server of its own. */
  public PostgresServer withCopyAt(String url) {
    return new PostgresServer(this, launch, this.url, reused, at(url));
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
    return address.getProperty("PGDBNAME");
  }

  /** So its disk can be seen from here. */
  public boolean isOnThisHost() throws IOException {
    InetAddress host = InetAddress.getByName(address.getProperty("PGHOST").split(",", 2)[0]);
    return host.isLoopbackAddress() || NetworkInterface.getByInetAddress(host) != null;
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
    variables.put("PGHOST", address.getProperty("PGHOST"));
    variables.put("PGPORT", address.getProperty("PGPORT"));
    variables.put("PGDATABASE", database);
    variables.put("PGUSER", spec.user());
    variables.put("PGPASSWORD", password);
    variables.put("PGAPPNAME", applicationName(purpose));
    variables.put("PGCONNECT_TIMEOUT", Long.toString(connectLimit.toSeconds()));
    variables.put("PGOPTIONS", option("client_connection_check_interval", DEAD_CLIENT_CHECK));
    copy("sslmode", "PGSSLMODE", variables);
    copy("sslrootcert", "PGSSLROOTCERT", variables);
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
        "options", options(null, lockLimit, spec.migrationLimit()).strip());
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
    long deadline = System.nanoTime() + SESSION_END_LIMIT.toNanos();
    while (signalled(connection, "pg_terminate_backend", purpose) > 0) {
      if (System.nanoTime() > deadline) {
        throw new SQLException(
            "sessions of an earlier attempt do not end, application_name "
                + applicationName(purpose));
      }
      Thread.sleep(100);
    }
  }

  /** What this launch runs for this purpose is rolled back by the server. */
  public void cancelQueries(Purpose purpose) {
    try (Connection connection = open(Purpose.READ)) {
      signalled(connection, "pg_cancel_backend", purpose);
    } catch (SQLException unreachable) {
      throw new IllegalStateException(unreachable);
    }
    if (copies != null) {
      copies.cancelQueries(purpose);
    }
  }

  private int signalled(Connection connection, String function, Purpose purpose)
      throws SQLException {
    String sql =
        "SELECT count(%s(pid)) FROM pg_stat_activity WHERE application_name = ? AND pid <> pg_backend_pid()"
            .formatted(function);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, applicationName(purpose));
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  private <S extends BaseDataSource> S configured(
      S source, String database, Purpose purpose, Duration lockLimit, Duration statementLimit) {
    source.setUrl(url);
    source.setDatabaseName(database);
    source.setUser(spec.user());
    source.setPassword(password);
    source.setApplicationName(applicationName(purpose));
    source.setConnectTimeout((int) connectLimit.toSeconds());
    source.setLoginTimeout((int) connectLimit.toSeconds());
    source.setSocketTimeout((int) statementLimit.plus(SOCKET_GRACE).toSeconds());
    source.setTcpKeepAlive(true);
    source.setOptions(options(source.getProperty(PGProperty.OPTIONS), lockLimit, statementLimit));
    return source;
  }

  private static String options(
      @Nullable String fromUrl, Duration lockLimit, Duration statementLimit) {
    return (fromUrl == null ? "" : fromUrl + " ")
        + option("lock_timeout", lockLimit)
        + option("statement_timeout", statementLimit)
        + option("idle_in_transaction_session_timeout", Duration.ZERO)
        + option("client_connection_check_interval", DEAD_CLIENT_CHECK);
  }

  private static String option(String name, Duration value) {
    return "-c " + name + "=" + value.toMillis() + " ";
  }

  private String applicationName(Purpose purpose) {
    return "liftoff-" + Sha256.of(launch.toString()).substring(0, 12) + "-" + purpose.word();
  }

  private void copy(String property, String variable, Map<String, String> variables) {
    String value = address.getProperty(property);
    if (value != null) {
      variables.put(variable, value);
    }
  }

  private static Properties address(String url) {
    Properties address = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, null) : null;
    if (address == null) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database's url is not of the form jdbc:postgresql://host:port/name; correct it in the plan");
    }
    if (address.containsKey("user") || address.containsKey("password")) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database's url holds credentials; name the user and a reference to the password in the plan instead");
    }
    return address;
  }
}
