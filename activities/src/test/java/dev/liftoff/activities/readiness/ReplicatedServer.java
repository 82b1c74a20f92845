package dev.liftoff.activities.readiness;

import dev.liftoff.activities.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/**
 * A PostgreSQL server with checksums that archives its log, and a replica of it named {@code s2}.
 */
final class ReplicatedServer implements AutoCloseable {
  private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");
  private static final Duration READY_LIMIT = Duration.ofSeconds(90);

  private final Path folder;
  private final int primaryPort = LocalProcess.freePort();
  private final int replicaPort = LocalProcess.freePort();
  private final LocalProcess primary;
  private final LocalProcess replica;

  ReplicatedServer() throws Exception {
    folder = Files.createTempDirectory("liftoff-replicated");
    Path secret = Files.writeString(folder.resolve("password"), Examining.PASSWORD);
    run(List.of("chown", "-R", user(), folder.toString()));
    run(
        asUser(
            "initdb",
            "--pgdata=" + folder.resolve("primary"),
            "--username=admin",
            "--auth=scram-sha-256",
            "--data-checksums",
            "--pwfile=" + secret,
            "--no-sync"));
    primary = serve("primary", primaryPort);
    execute(
        primaryPort, "postgres", "CREATE ROLE shop LOGIN PASSWORD '" + Examining.PASSWORD + "'");
    execute(primaryPort, "postgres", "CREATE DATABASE shop OWNER shop");
    run(
        asUser(
            "pg_basebackup",
            "--dbname=host=127.0.0.1 port=%d user=admin password=%s application_name=s2"
                .formatted(primaryPort, Examining.PASSWORD),
            "--pgdata=" + folder.resolve("replica"),
            "--write-recovery-conf",
            "--checkpoint=fast",
            "--no-sync"));
    replica = serve("replica", replicaPort);
  }

  String url() {
    return url(primaryPort, "shop");
  }

  String replicaUrl() {
    return url(replicaPort, "shop");
  }

  void onPrimary(String sql) throws SQLException {
    execute(primaryPort, "shop", sql);
  }

  void onReplica(String sql) throws SQLException {
    execute(replicaPort, "postgres", sql);
  }

  Connection admin() throws SQLException {
    return DriverManager.getConnection(url(), "admin", Examining.PASSWORD);
  }

  /** As long as this file is there, no part of the log can be archived. */
  void archivingFails(boolean fails) throws IOException {
    Path bad = folder.resolve("bad");
    if (fails) {
      Files.createFile(bad);
    } else {
      Files.deleteIfExists(bad);
    }
  }

  @Override
  public void close() {
    replica.kill();
    primary.close();
    delete();
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private static void execute(int port, String database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url(port, database), "admin", Examining.PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private LocalProcess serve(String name, int port) throws IOException, InterruptedException {
    LocalProcess server =
        LocalProcess.start(
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
                    "max_connections=20",
                    "-c",
                    "max_prepared_transactions=5",
                    "-c",
                    "archive_mode=on",
                    "-c",
                    "archive_command=test ! -e " + folder.resolve("bad")))
            .awaitPort(port);
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
