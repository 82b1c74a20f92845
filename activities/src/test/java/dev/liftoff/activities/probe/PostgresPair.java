package dev.liftoff.activities.probe;

import dev.liftoff.activities.LocalProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** A PostgreSQL server and a replica of it. */
final class PostgresPair implements AutoCloseable {
  static final String PASSWORD = "pl4nted-Passw0rd";
  private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");

  private static final Duration READY_LIMIT = Duration.ofSeconds(90);

  private final Path folder;
  private final int primaryPort = LocalProcess.freePort();
  private final int replicaPort = LocalProcess.freePort();
  private final LocalProcess primary;
  private final LocalProcess replica;

  PostgresPair(Path folder) throws Exception {
    this.folder = Files.createDirectory(folder.resolve("postgres"));
    Path secret = Files.writeString(this.folder.resolve("password"), PASSWORD);
    run(List.of("chown", "-R", user(), this.folder.toString()));
    run(
        asUser(
            "initdb",
            "--pgdata=" + this.folder.resolve("primary"),
            "--username=admin",
            "--auth=scram-sha-256",
            "--pwfile=" + secret,
            "--no-sync"));
    primary = serve("primary", primaryPort);
    run(
        asUser(
            "pg_basebackup",
            "--dbname=host=127.0.0.1 port=%d user=admin password=%s"
                .formatted(primaryPort, PASSWORD),
            "--pgdata=" + this.folder.resolve("replica"),
            "--write-recovery-conf",
            "--checkpoint=fast",
            "--no-sync"));
    replica = serve("replica", replicaPort);
  }

  String primary() {
    return url(primaryPort);
  }

  String replica() {
    return url(replicaPort);
  }

  void onPrimary(String sql) throws SQLException {
    execute(primary(), sql);
  }

  void onReplica(String sql) throws SQLException {
    execute(replica(), sql);
  }

  @Override
  public void close() {
    replica.kill();
    primary.close();
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "admin", PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private LocalProcess serve(String name, int port) throws IOException, InterruptedException {
    LocalProcess server = started(name, port);
    awaitReady(port);
    return server;
  }

  /** A port that is open says only that the server is starting up. */
  private static void awaitReady(int port) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    List<String> question = asUser("pg_isready", "--host=127.0.0.1", "--port=" + port);
    while (new ProcessBuilder(question).start().waitFor() != 0) {
      Assertions.assertTrue(System.nanoTime() < deadline, "the server does not come up");
      Thread.sleep(50);
    }
  }

  private LocalProcess started(String name, int port) {
    return LocalProcess.start(
            folder,
            asUser(
                "postgres",
                "-D",
                folder.resolve(name).toString(),
                "-p",
                "" + port,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "max_connections=20"))
        .awaitPort(port);
  }

  private static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
  }

  /** The server refuses to run as root. */
  private static List<String> asUser(String tool, String... arguments) {
    Path program = BINARIES.resolve(tool);
    Assertions.assertTrue(
        Files.isExecutable(program), program + " is missing: install postgresql-15");
    List<String> command = new ArrayList<>();
    if (user().equals("postgres")) {
      command.addAll(
          List.of("/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static String user() {
    String self = System.getProperty("user.name");
    return self.equals("root") ? "postgres" : self;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assertions.assertEquals(0, process.waitFor(), output);
  }
}
