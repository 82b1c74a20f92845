package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server that runs from restored files, reachable from this host only. It never
 * archives: with the live server's archive it would begin a new timeline there, and later restores
 * would go wrong (database.md section 1, pgBackRest 1616).
 */
public final class ScratchServer implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int LAST_LINES = 3;

  private final Process server;
  private final Path folder;
  private final int port;

  private ScratchServer(Process server, Path folder, int port) {
    this.server = server;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts it; it may still have to replay.
   *
   * @param folder holds the restored files as {@code data}
   * @param settings such as {@code primary_conninfo=...}, stronger than those in the files
   */
  static ScratchServer start(PostgresTools tools, Path folder, String user, List<String> settings)
      throws IOException {
    int port = freePort();
    Path access = Files.writeString(folder.resolve("hba"), access(user));
    Path names = Files.writeString(folder.resolve("ident"), "");
    Path config =
        Files.writeString(
            folder.resolve("config"),
            "shared_buffers = 128MB\nmax_connections = 50\nfsync = off\nautovacuum = off\n");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(tools.folder().resolve("postgres").toString(), "-D", data(folder).toString()));
    List<String> all = new ArrayList<>(settings);
    all.addAll(
        List.of(
            "config_file=" + config,
            "hba_file=" + access,
            "ident_file=" + names,
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=" + folder,
            "ssl=off",
            "archive_mode=off",
            "hot_standby=off",
            "shared_preload_libraries=",
            "recovery_target_action=promote"));
    all.forEach(setting -> command.addAll(List.of("-c", setting)));
    ProcessBuilder builder = new ProcessBuilder(ServerUser.command(command));
    builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
    Process server =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    return new ScratchServer(server, folder, port);
  }

  static Path data(Path folder) {
    return folder.resolve("data");
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  interface Opener {
    Connection open(String url) throws SQLException;
  }

  /** It has replayed everything and takes writes. */
  void awaitPromoted(String database, Opener opener, Duration limit)
      throws SQLException, IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isPromoted(database, opener)) {
      if (!server.isAlive() || System.nanoTime() > deadline) {
        throw FailureType.BACKUP_FAILED.permanent(
            "the server that was restored does not start: " + lastWords());
      }
      Thread.sleep(100);
    }
  }

  @Override
  public void close() throws IOException {
    server.toHandle().descendants().forEach(ProcessHandle::destroy);
    server.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      if (!server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException again) {
      interrupted = true;
    }
    LaunchFolder.delete(folder);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isPromoted(String database, Opener opener) {
    try (Connection connection = opener.open(url(database));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT NOT pg_is_in_recovery()")) {
      return result.next() && result.getBoolean(1);
    } catch (SQLException starting) {
      return false;
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("log"));
    return String.join("; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private static String access(String user) {
    return "host all \"%s\" 127.0.0.1/32 scram-sha-256%n".formatted(user);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
