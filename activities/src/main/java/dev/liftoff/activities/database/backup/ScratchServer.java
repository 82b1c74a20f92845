package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server that runs from restored files, reachable from this host only, with the roles
 * and passwords of the live one. It never archives: with the live server's archive it would begin a
 * new timeline there, and later restores would go wrong (database.md section 1, pgBackRest 1616).
 */
public final class ScratchServer implements AutoCloseable {
  private static final Duration RENAME_LIMIT = Duration.ofMinutes(1);
  private static final int LAST_LINES = 3;
  private static final String PORT_TAKEN = "could not bind";

  /** Roles keep the way in which the live server stored their passwords; nobody but this host. */
  private static final String ACCESS = "local all all trust\nhost all all 127.0.0.1/32 md5\n";

  /**
   * Stronger than what the files say: nothing outside is written to or followed, nothing is loaded
   * that the copy does not need, and a crash may lose it.
   */
  private static final List<String> ALONE =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_permissions=0700",
          "ssl=off",
          "archive_mode=off",
          "hot_standby=off",
          "shared_preload_libraries=",
          "max_logical_replication_workers=0",
          "synchronous_standby_names=",
          "primary_slot_name=",
          "recovery_target_action=promote",
          "logging_collector=off",
          "log_destination=stderr",
          "external_pid_file=",
          "huge_pages=off",
          "shared_buffers=128MB",
          "max_connections=100",
          "max_prepared_transactions=100",
          "max_locks_per_transaction=256",
          "fsync=off",
          "autovacuum=off");

  private final ScratchFolder folder;
  private final ProcessHandle process;
  private final int port;

  private ScratchServer(ScratchFolder folder, ProcessHandle process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it; it may still have to replay.
   *
   * @param folder holds the restored files as {@code data}
   * @param settings such as {@code recovery_target_name=...}, stronger than those in the files
   */
  static ScratchServer start(PostgresTools tools, ScratchFolder folder, List<String> settings)
      throws IOException {
    ScratchFolder.Label label = folder.label().orElseThrow();
    int port = freePort(label.port());
    folder.write(label.at(port));
    Path access = Files.writeString(folder.path().resolve("hba"), ACCESS);
    Path names = Files.writeString(folder.path().resolve("ident"), "");
    Path config = Files.writeString(folder.path().resolve("config"), "");
    List<String> all = new ArrayList<>(settings);
    all.addAll(ALONE);
    all.addAll(
        List.of(
            "config_file=" + config,
            "hba_file=" + access,
            "ident_file=" + names,
            "unix_socket_directories=" + folder.path(),
            "port=" + port));
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(tools.folder().resolve("postgres").toString(), "-D", folder.data().toString()));
    all.forEach(setting -> command.addAll(List.of("-c", setting)));
    ProcessBuilder builder = new ProcessBuilder(ServerUser.command(command));
    builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
    Process server =
        builder.redirectErrorStream(true).redirectOutput(folder.log().toFile()).start();
    return new ScratchServer(folder, server.toHandle(), port);
  }

  /** The one that runs already, or else it is started again with what it had. */
  public static ScratchServer resume(PostgresTools tools, ScratchFolder folder) throws IOException {
    ScratchFolder.Label label = folder.label().orElseThrow();
    var running = ServerProcess.of(folder);
    if (running.isEmpty()) {
      return start(tools, folder, List.of());
    }
    folder.write(label.at(label.port()));
    return new ScratchServer(folder, running.get(), label.port());
  }

  public String url(String database) {
    return url(port, database);
  }

  public static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s"
        .formatted(port, URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** Opens a connection to a url. */
  public interface Opener {
    Connection open(String url) throws SQLException;
  }

  /** It has replayed everything and takes writes. */
  public void awaitReady(String database, Opener opener, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isPromoted(database, opener)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw notStarted(lastWords());
      }
      Thread.sleep(100);
    }
  }

  /**
   * The database has a name that no live one has, so that nobody takes one for the other. Its owner
   * need not be the launch's role.
   *
   * @param superuser the one that the server was made with
   */
  public void rename(PostgresTools tools, String superuser, String from, String to)
      throws IOException, InterruptedException, ToolFailed {
    String sql = "ALTER DATABASE \"%s\" RENAME TO %s".formatted(from.replace("\"", "\"\""), to);
    List<String> command =
        List.of(
            tools.folder().resolve("psql").toString(),
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--host=" + folder.path(),
            "--port=" + port,
            "--username=" + superuser,
            "--dbname=template1",
            "--command=" + sql);
    try (Tool psql = Tool.start("psql", ServerUser.command(command), Map.of())) {
      psql.await(RENAME_LIMIT);
    }
  }

  /** It does not run, and its files are gone. */
  @Override
  public void close() throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      ServerProcess.stop(folder);
    } catch (InterruptedException again) {
      interrupted = true;
      process.destroyForcibly();
    }
    // Before it could write its number down it is known here only.
    process.destroyForcibly();
    LaunchFolder.delete(folder.path());
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

  private static RuntimeException notStarted(String words) throws IOException {
    if (words.contains(PORT_TAKEN)) {
      throw new IOException(words);
    }
    return FailureType.BACKUP_FAILED.permanent(
        "the server that was restored does not start: " + words);
  }

  private String lastWords() throws IOException {
    List<String> all = Files.readAllLines(folder.log());
    List<String> fatal = all.stream().filter(line -> line.contains("FATAL:")).toList();
    List<String> lines = fatal.isEmpty() ? all : fatal;
    return String.join("; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** The one it had, where nobody has taken it. */
  private static int freePort(int had) throws IOException {
    try (ServerSocket socket = new ServerSocket(had, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      if (had == 0) {
        throw taken;
      }
      return freePort(0);
    }
  }
}
