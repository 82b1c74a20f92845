package dev.liftoff.activities.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.LaunchId;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.proxy.Destination;
import dev.liftoff.activities.database.proxy.PostgresProxy;
import dev.liftoff.activities.database.proxy.SqlTally;
import dev.liftoff.activities.database.proxy.Upstream;
import dev.liftoff.compatibility.SqlError;
import dev.liftoff.compatibility.SqlSeen;
import dev.liftoff.database.DatabaseSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

class PostgresProxyIT {
  private static final String COPY = "liftoff_scratch_proxy";
  private static final String PSQL = "/usr/lib/postgresql/15/bin/psql";
  private static PostgresCluster cluster;

  private final SqlTally tally = new SqlTally();
  private PostgresProxy proxy;

  @BeforeAll
  static void startServer() throws Exception {
    cluster = new PostgresCluster("max_connections=80");
    cluster.execute("postgres", "CREATE DATABASE live OWNER shop");
    cluster.execute("postgres", "CREATE DATABASE " + COPY + " OWNER shop");
    for (String database : List.of("live", COPY)) {
      try (Connection connection = cluster.shop(database);
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE orders (id int PRIMARY KEY, item text NOT NULL, quantity int CHECK (quantity > 0))");
      }
    }
  }

  @AfterAll
  static void stopServer() throws Exception {
    cluster.stop();
  }

  @BeforeEach
  void openProxy() throws IOException {
    proxy = proxy(any -> true);
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
  }

  @Test
  void whoeverAsksForTheLiveDatabaseFindsTheCopy() throws SQLException {
    try (Connection connection = connect("live")) {
      assertThat(value(connection, "SELECT current_database()")).isEqualTo(COPY);
    }
  }

  @Test
  void aClientThatNamesNoDatabaseFindsTheCopyToo() throws Exception {
    assertThat(psql("dbname=shop", "SELECT current_database()")).contains(COPY);
  }

  @Test
  void statementsAndRowsAreCountedAndSessionChoresAreNot() throws SQLException {
    try (Connection connection = connect("live")) {
      connection.setAutoCommit(false);
      execute(connection, "SET lock_timeout = 100");
      execute(connection, "INSERT INTO orders SELECT n, 'x', 1 FROM generate_series(1, 7) n");
      execute(connection, "UPDATE orders SET item = 'y' WHERE id <= 3");
      execute(connection, "DELETE FROM orders");
      connection.rollback();
    }

    SqlSeen seen = seen();
    assertThat(seen.connections()).isEqualTo(1);
    assertThat(seen.statements()).isEqualTo(3);
    assertThat(seen.rowsWritten()).isEqualTo(7 + 3 + 7);
    assertThat(seen.unreadable()).isZero();
  }

  @Test
  void aClientThatOnlyConnectsHasUsedNothing() throws SQLException {
    try (Connection connection = connect("live")) {
      assertThat(connection.isValid(5)).isTrue();
    }

    assertThat(seen().connections()).isEqualTo(1);
    assertThat(seen().statements()).isZero();
    assertThat(seen().valid()).isFalse();
  }

  @Test
  void errorsOfEveryClassAreSeenWithoutTheirValues() throws SQLException {
    try (Connection connection = connect("live")) {
      fail(connection, "SELECT note FROM orders");
      fail(connection, "SELECT note FROM orders WHERE id = 1");
      fail(connection, "SELECT 1 FROM nowhere");
      fail(connection, "INSERT INTO orders (id) VALUES (1)");
      fail(connection, "INSERT INTO orders VALUES (1, 'secret item', -5)");
      fail(connection, "SELECT 'secret text'::int");
      fail(connection, "SELECT 1 / 0");
      fail(
          connection,
          "DO $$ BEGIN RAISE EXCEPTION 'customer secret' USING ERRCODE = '23514'; END $$");
    }

    Map<String, SqlError> errors = errors();
    assertThat(errors.keySet())
        .containsExactlyInAnyOrder("42703", "42P01", "23502", "23514", "22P02", "22012");
    assertThat(errors.get("42703").count()).isEqualTo(2);
    assertThat(errors.get("42703").example()).isEqualTo("column \"note\" does not exist");
    assertThat(errors.get("42P01").example()).contains("\"nowhere\"");
    assertThat(errors.get("23502").example()).contains("\"item\"", "\"orders\"");
    assertThat(errors.get("23514").count()).isEqualTo(2);
    assertThat(errors.get("22P02").example())
        .isEqualTo("invalid input syntax for type integer: \"…\"");
    assertThat(seen().toString()).doesNotContain("secret", "-5");
  }

  @Test
  void theWordsOfAFunctionAreNotKept() throws SQLException {
    try (Connection connection = connect("live")) {
      fail(
          connection,
          "DO $$ BEGIN RAISE EXCEPTION 'customer secret' USING ERRCODE = '23514'; END $$");
    }

    assertThat(errors().get("23514").example()).contains("raised by a function");
    assertThat(seen().toString()).doesNotContain("secret");
  }

  @Test
  void anErrorThatAFunctionHasCaughtWasNotReceived() throws SQLException {
    try (Connection connection = connect("live")) {
      execute(
          connection,
          "DO $$ BEGIN PERFORM note FROM orders; EXCEPTION WHEN undefined_column THEN NULL; END $$");
    }

    assertThat(errors()).isEmpty();
  }

  @Test
  void aWrongPasswordIsRefusedByTheServerItself() {
    assertThatThrownBy(() -> DriverManager.getConnection(url("live"), "shop", "wrong"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");

    assertThat(errors()).containsOnlyKeys("28P01");
    assertThat(seen().connections()).isZero();
  }

  @Test
  void aCursorReadsItsRowsInPieces() throws SQLException {
    try (Connection connection = connect("live")) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(100);
        int rows = 0;
        try (ResultSet result = statement.executeQuery("SELECT generate_series(1, 1234)")) {
          while (result.next()) {
            rows++;
          }
        }
        assertThat(rows).isEqualTo(1234);
      }
    }

    assertThat(seen().unreadable()).isZero();
  }

  @Test
  void copyGoesBothWaysAndOnlyWhatGoesInIsWritten() throws Exception {
    try (Connection connection = connect("live")) {
      execute(connection, "CREATE TEMP TABLE bulk (n int, filler text)");
      CopyManager copy = new CopyManager(connection.unwrap(BaseConnection.class));
      String lines = ("1\t" + "x".repeat(200) + "\n").repeat(50_000);
      assertThat(copy.copyIn("COPY bulk FROM STDIN", new StringReader(lines))).isEqualTo(50_000);
      assertThat(copy.copyOut("COPY bulk TO STDOUT", java.io.Writer.nullWriter()))
          .isEqualTo(50_000);
    }

    assertThat(seen().rowsWritten()).isEqualTo(50_000);
    assertThat(seen().unreadable()).isZero();
  }

  @Test
  void aRowOfFiftyMegabytesPassesAndErrorsAfterItAreSeen() throws SQLException {
    try (Connection connection = connect("live")) {
      assertThat(value(connection, "SELECT repeat('x', 50 * 1024 * 1024)")).hasSize(50 << 20);
      fail(connection, "SELECT note FROM orders");
    }

    assertThat(errors()).containsOnlyKeys("42703");
  }

  @Test
  void aCancelRequestReachesTheStatementItIsMeantFor() throws Exception {
    try (Connection connection = connect("live");
        Statement statement = connection.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sleeping =
          threads.submit(() -> statement.execute("/* to cancel */ SELECT pg_sleep(60)"));
      awaitRunning("%to cancel%");
      statement.cancel();

      assertThatThrownBy(sleeping::get).hasRootCauseInstanceOf(SQLException.class);
    }

    assertThat(errors()).containsOnlyKeys("57014");
  }

  @Test
  void fiftyConnectionsAtOnceAreCountedApart() throws Exception {
    List<Future<Integer>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int each : IntStream.range(0, 50).toArray()) {
        done.add(threads.submit(() -> work(each)));
      }
    }
    for (Future<Integer> each : done) {
      assertThat(each.get()).isEqualTo(20);
    }

    SqlSeen seen = seen();
    assertThat(seen.connections()).isEqualTo(50);
    assertThat(seen.statements()).isEqualTo(50 * (20 + 1));
    assertThat(errors().get("42703").count()).isEqualTo(50);
    assertThat(seen.unreadable()).isZero();
  }

  @Test
  void aClientThatEndsWithoutAWordLeavesNoSession() throws Exception {
    Connection connection = connect("live");
    int pid = connection.unwrap(BaseConnection.class).getBackendPID();
    connection.abort(Runnable::run);

    awaitGone(pid);
  }

  @Test
  void aClosedProxyLeavesNoSessionAndNoListener() throws Exception {
    Connection connection = connect("live");
    int pid = connection.unwrap(BaseConnection.class).getBackendPID();
    proxy.close();

    awaitGone(pid);
    assertThatThrownBy(() -> execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> connect("live")).isInstanceOf(SQLException.class);
  }

  @Test
  void psqlWorksThroughItAndEncryptionIsDeclined() throws Exception {
    assertThat(psql("dbname=live sslmode=prefer", "SELECT 40 + 2")).contains("42");
    assertThat(psql("dbname=live sslmode=require", "SELECT 40 + 2"))
        .contains("server does not support SSL");
  }

  @Test
  void anEncryptedServerIsReachedEncryptedWithThePasswordsProofUntouched() throws Exception {
    encryptServer();
    Secrets secrets = new Secrets(Map.of("OWNER", PostgresCluster.PASSWORD));
    DatabaseSpec spec = spec(cluster.url("live") + "?sslmode=require");
    PostgresServer server =
        new PostgresServer(LaunchId.parse("shop/it/v2/1"), spec, secrets, Duration.ofSeconds(5));
    Upstream upstream = Upstream.of(server, COPY, Duration.ofSeconds(5));
    assertThat(upstream.encrypted()).isTrue();
    proxy.close();
    proxy =
        new PostgresProxy(
            upstream, Destination.of(COPY), tally, InetAddress.getLoopbackAddress(), any -> true);

    String encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    assertThat(psql("dbname=live", encrypted)).isEqualTo("t\n");
    try (Connection connection = connect("live")) {
      assertThat(value(connection, encrypted)).isEqualTo("t");
      fail(connection, "SELECT note FROM orders");
    }
    assertThat(errors()).containsOnlyKeys("42703");
    assertThat(seen().connections()).isEqualTo(2);
  }

  @Test
  void theControlFindsItsWayIntoTheCopyAndItsErrorCounted() throws SQLException, IOException {
    assertThat(control(COPY, COPY)).isEmpty();
  }

  @Test
  void aControlThatFindsItselfElsewhereProvesNothing() throws SQLException, IOException {
    assertThat(control("live", COPY))
        .hasValueSatisfying(finding -> assertThat(finding).contains("leads to the database live"));
  }

  @Test
  void whoIsNotAdmittedGetsNoWord() throws IOException {
    try (PostgresProxy closed = proxy(any -> false);
        Socket stranger = new Socket(closed.host(), closed.port())) {
      // A request for encryption: whoever is admitted hears at least a no.
      stranger.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47});
      assertThat(readQuietly(stranger.getInputStream())).isEqualTo(-1);
    }
  }

  @Test
  void replicationOfTheWholeServerIsNotLedThrough() throws Exception {
    assertThat(psql("dbname=live replication=true", "IDENTIFY_SYSTEM"))
        .contains("server closed the connection");
  }

  @Test
  void noiseInsteadOfAFirstPacketEndsTheConnection() throws IOException {
    try (Socket noisy = new Socket(proxy.host(), proxy.port())) {
      noisy.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      noisy.setSoTimeout(5_000);
      InputStream answer = noisy.getInputStream();
      assertThat(readQuietly(answer)).isEqualTo(-1);
    }
    assertThat(seen().connections()).isZero();
  }

  private Optional<String> control(String reached, String wanted) throws SQLException, IOException {
    Secrets secrets = new Secrets(Map.of("OWNER", PostgresCluster.PASSWORD));
    DatabaseSpec spec = spec(cluster.url("live"));
    try (PostgresProxy leading = proxy(reached)) {
      return new Control(leading, tally, wanted, spec, secrets, Duration.ofSeconds(5))
          .failure("live");
    }
  }

  private PostgresProxy proxy(String database) throws IOException {
    return new PostgresProxy(
        upstream(), Destination.of(database), tally, InetAddress.getLoopbackAddress(), any -> true);
  }

  private static void encryptServer() throws Exception {
    Path folder = Path.of(cluster.value("postgres", "SHOW data_directory"));
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-new",
                "-x509",
                "-nodes",
                "-subj",
                "/CN=localhost",
                "-newkey",
                "rsa:2048",
                "-out",
                folder.resolve("server.crt").toString(),
                "-keyout",
                folder.resolve("server.key").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor()).as(output).isZero();
    for (String file : List.of("server.crt", "server.key")) {
      Files.setOwner(folder.resolve(file), Files.getOwner(folder));
    }
    cluster.execute("postgres", "ALTER SYSTEM SET ssl = on");
    cluster.execute("postgres", "SELECT pg_reload_conf()");
    awaitCondition("current_setting('ssl') = 'on'");
  }

  private static DatabaseSpec spec(String url) {
    return new DatabaseSpec(
        url,
        "shop",
        new SecretReference("env:OWNER"),
        "/migrations",
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        Duration.ofSeconds(2),
        null,
        null,
        null,
        null);
  }

  private static int readQuietly(InputStream in) {
    try {
      return in.read();
    } catch (IOException reset) {
      return -1;
    }
  }

  private int work(int number) throws SQLException {
    try (Connection connection = connect("live")) {
      int answers = 0;
      for (int each = 0; each < 20; each++) {
        answers += value(connection, "SELECT " + number).equals("" + number) ? 1 : 0;
      }
      fail(connection, "SELECT note FROM orders");
      return answers;
    }
  }

  private static void awaitRunning(String pattern) throws SQLException, InterruptedException {
    awaitCount(
        "query LIKE '%s' AND state = 'active' AND pid <> pg_backend_pid()".formatted(pattern), "1");
  }

  private static void awaitGone(int pid) throws SQLException, InterruptedException {
    awaitCount("pid = " + pid, "0");
  }

  private static void awaitCount(String condition, String wanted)
      throws SQLException, InterruptedException {
    awaitCondition(
        "(SELECT count(*) FROM pg_stat_activity WHERE %s) = %s".formatted(condition, wanted));
  }

  private static void awaitCondition(String condition) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!"t".equals(cluster.value("postgres", "SELECT " + condition))) {
      assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private PostgresProxy proxy(Predicate<InetAddress> admitted) throws IOException {
    return new PostgresProxy(
        upstream(), Destination.of(COPY), tally, InetAddress.getLoopbackAddress(), admitted);
  }

  private static Upstream upstream() {
    return new Upstream(
        "127.0.0.1", cluster.port(), false, cluster.url("live"), Duration.ofSeconds(5));
  }

  private String url(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(proxy.host(), proxy.port(), database);
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "shop", PostgresCluster.PASSWORD);
  }

  private String psql(String connection, String sql) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            PSQL,
            "-XAt",
            "host=%s port=%d user=shop %s".formatted(proxy.host(), proxy.port(), connection),
            "-c",
            sql);
    command.environment().put("PGPASSWORD", PostgresCluster.PASSWORD);
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private SqlSeen seen() {
    return tally.seen();
  }

  private Map<String, SqlError> errors() {
    Map<String, SqlError> errors = new java.util.TreeMap<>();
    seen().errors().forEach(error -> errors.put(error.state(), error));
    return errors;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void fail(Connection connection, String sql) {
    assertThatThrownBy(() -> execute(connection, sql)).isInstanceOf(SQLException.class);
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
