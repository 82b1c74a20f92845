package dev.liftoff.activities.database;

import dev.liftoff.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own, on a free port of the loopback interface, in a temporary folder.
 */
public final class PostgresCluster {
  public static final String PASSWORD = "pl4nted-Passw0rd";
  private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private final Path folder;
  private final int port;
  private final Process server;

  /** With these settings, such as {@code wal_level=logical}. */
  public PostgresCluster(String... settings)
      throws IOException, InterruptedException, SQLException {
    if (!Files.isExecutable(BINARIES.resolve("postgres"))) {
      throw new IllegalStateException(
          BINARIES
              + " has no postgres; install the packages postgresql-15 and postgresql-client-15");
    }
    folder = Files.createTempDirectory("liftoff-postgres");
    port = freePort();
    Path secret = Files.writeString(folder.resolve("password"), PASSWORD);
    run("chown", "-R", user(), folder.toString());
    run(
        asUser(
            "initdb",
            "--pgdata=" + folder.resolve("data"),
            "--username=admin",
            "--auth=scram-sha-256",
            "--pwfile=" + secret,
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync"));
    server =
        new ProcessBuilder(
                withSettings(
                    settings,
                    "postgres",
                    "-D",
                    folder.resolve("data").toString(),
                    "-p",
                    "" + port,
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=" + folder,
                    "-c",
                    "fsync=off",
                    "-c",
                    "max_connections=50",
                    "-c",
                    "max_prepared_transactions=5"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    awaitReady();
    execute("postgres", "CREATE ROLE shop LOGIN CREATEDB PASSWORD '" + PASSWORD + "'");
  }

  public int port() {
    return port;
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** As the server's superuser, who is not the launch's role. */
  public Connection admin(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "admin", PASSWORD);
  }

  public Connection shop(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "shop", PASSWORD);
  }

  public void execute(String database, String sql) throws SQLException {
    try (Connection connection = admin(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public String value(String database, String sql) throws SQLException {
    try (Connection connection = admin(database);
        Statement statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    }
  }

  public void stop() throws IOException, InterruptedException {
    run("kill", "-INT", Long.toString(server.pid()));
    if (!server.waitFor(30, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void awaitReady() throws InterruptedException, SQLException {
    Instant limit = Instant.now().plus(START_LIMIT);
    while (true) {
      try {
        execute("postgres", "SELECT 1");
        return;
      } catch (SQLException starting) {
        if (Instant.now().isAfter(limit) || !server.isAlive()) {
          throw starting;
        }
        Thread.sleep(100);
      }
    }
  }

  private static List<String> withSettings(String[] settings, String tool, String... arguments) {
    List<String> command = asUser(tool, arguments);
    for (String setting : settings) {
      command.addAll(List.of("-c", setting));
    }
    return command;
  }

  /** The server refuses to run as root. */
  private static List<String> asUser(String tool, String... arguments) {
    List<String> command = new ArrayList<>();
    if (user().equals("postgres")) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(BINARIES.resolve(tool).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static String user() {
    String self = System.getProperty("user.name");
    return self.equals("root") ? "postgres" : self;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    run(List.of(command));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
  }

  private static int freePort() {
    return FreePort.find();
  }
}
