package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import dev.liftoff.activities.database.pace.Throttle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code pg_basebackup} into a folder, checked by {@code pg_verifybackup}, with the log up to the
 * restore point beside it: from then on it needs nothing of the live server.
 *
 * @param folder of the backup; it does not exist before
 * @param throttle how fast the live server may be read
 */
public record BaseBackup(PostgresServer server, PostgresTools tools, Path folder, Throttle throttle)
    implements BackupProvider {
  private static final String PARTIAL = ".partial";
  private static final String MESSAGE =
      "SELECT pg_logical_emit_message(true, 'liftoff', 'restore point')";
  private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");

  @Override
  public void backup() throws SQLException, IOException, InterruptedException, ToolFailed {
    List<String> arguments =
        List.of(
            "--pgdata=" + folder,
            "--format=plain",
            "--wal-method=stream",
            "--checkpoint=fast",
            "--manifest-checksums=SHA256",
            "--no-password");
    try (Tool copy = tools.start("pg_basebackup", arguments, throttle.through(environment()))) {
      copy.await(throttle.left(), server.spec().backupLimit());
    }
    forgetLast(folder.resolve("pg_wal"));
  }

  @Override
  public void verify() throws IOException, InterruptedException, ToolFailed {
    run("pg_verifybackup", List.of("--exit-on-error", folder.toString()));
  }

  /** The log goes on where that of the backup itself ends. */
  @Override
  public void awaitRestorePoint(String name)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    run(
        "pg_receivewal",
        List.of(
            "--directory=" + folder.resolve("pg_wal"),
            "--endpos=" + flushed(),
            "--no-loop",
            "--no-password"));
  }

  @Override
  public ScratchServer restoreBeside(String name, ScratchFolder beside)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    copy(folder, beside.data());
    completeLog(beside.data().resolve("pg_wal"));
    Files.createFile(beside.data().resolve("recovery.signal"));
    ServerUser.own(beside.path());
    return ScratchServer.start(
        tools,
        beside,
        List.of(
            "recovery_target_name=" + name,
            "restore_command=false",
            "primary_conninfo=",
            "recovery_target_timeline=current"));
  }

  @Override
  public String describe() {
    return "pg_basebackup " + tools.version();
  }

  /**
   * pg_basebackup may stop within the file after the last that it needs, which then looks complete:
   * the newest is received again.
   */
  private static void forgetLast(Path log) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      List<Path> segments =
          files
              .filter(each -> SEGMENT.matcher(each.getFileName().toString()).matches())
              .sorted()
              .toList();
      if (segments.size() > 1) {
        Files.delete(segments.getLast());
      }
    }
  }

  /** What was received last is a part of a file, which a server reads when it has its name. */
  private static void completeLog(Path log) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.filter(each -> each.toString().endsWith(PARTIAL)).toList()) {
        String name = file.getFileName().toString();
        Files.move(file, file.resolveSibling(name.substring(0, name.length() - PARTIAL.length())));
      }
    }
  }

  /**
   * A commit writes the log to the disk up to here: only what is there is streamed. pg_receivewal
   * ends when it has got more than that, which on a server without writers would come with the next
   * note of its background writer, up to 15 s later: so more is written at once.
   */
  private String flushed() throws SQLException {
    try (Connection connection = server.open(Purpose.BACKUP);
        Statement statement = connection.createStatement()) {
      statement.execute(MESSAGE);
      String flushed;
      try (ResultSet row = statement.executeQuery("SELECT pg_current_wal_flush_lsn()::text")) {
        row.next();
        flushed = row.getString(1);
      }
      statement.execute(MESSAGE);
      return flushed;
    }
  }

  private void run(String tool, List<String> arguments)
      throws IOException, InterruptedException, ToolFailed {
    try (Tool running = tools.start(tool, arguments, environment())) {
      running.await(server.spec().backupLimit());
    }
  }

  private Map<String, String> environment() {
    return server.toolEnvironment(server.database(), Purpose.BACKUP);
  }

  private void copy(Path from, Path to) throws IOException, InterruptedException, ToolFailed {
    List<String> command =
        List.of("cp", "--archive", "--reflink=auto", from.toString(), to.toString());
    try (Tool tool = Tool.start("cp", command, Map.of())) {
      tool.await(server.spec().backupLimit());
    }
  }
}
