package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code pg_basebackup} into a folder, checked by {@code pg_verifybackup}. The copy that starts
 * from it streams from the live server what it lacks up to the restore point: nothing keeps that
 * for long, so it must be soon.
 *
 * @param folder of the backup, which exists when it is complete
 */
public record BaseBackup(PostgresServer server, PostgresTools tools, Path folder)
    implements BackupProvider {
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  @Override
  public void backup() throws SQLException, IOException, InterruptedException, ToolFailed {
    Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
    LaunchFolder.delete(partial);
    List<String> arguments =
        List.of(
            "--pgdata=" + partial,
            "--format=plain",
            "--wal-method=stream",
            "--checkpoint=fast",
            "--manifest-checksums=SHA256",
            "--no-password");
    try (Tool tool = tools.start("pg_basebackup", arguments, environment())) {
      tool.await(server.spec().backupLimit());
    }
    LaunchFolder.delete(folder);
    Files.move(partial, folder);
  }

  @Override
  public void verify() throws IOException, InterruptedException, ToolFailed {
    List<String> arguments = List.of("--exit-on-error", folder.toString());
    try (Tool tool = tools.start("pg_verifybackup", arguments, environment())) {
      tool.await(server.spec().backupLimit());
    }
  }

  /** It is streamed, so there is nothing to wait for. */
  @Override
  public void awaitRestorePoint(String name) {}

  @Override
  public ScratchServer restoreBeside(String name, Path beside)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    Files.createDirectories(beside);
    copy(folder, ScratchServer.data(beside));
    Files.createFile(ScratchServer.data(beside).resolve("standby.signal"));
    Path password = passwordFile(beside);
    ServerUser.own(beside);
    return ScratchServer.start(
        tools,
        beside,
        server.spec().user(),
        List.of(
            "primary_conninfo=" + source(password),
            "recovery_target_name=" + name,
            "restore_command=",
            "primary_slot_name="));
  }

  @Override
  public String describe() throws IOException {
    return "pg_basebackup " + tools.version() + " in " + folder;
  }

  private Map<String, String> environment() {
    return server.toolEnvironment(server.database(), Purpose.BACKUP);
  }

  private String source(Path password) {
    Map<String, String> environment = environment();
    return "host=%s port=%s user=%s passfile=%s application_name=%s"
        .formatted(
            environment.get("PGHOST"),
            environment.get("PGPORT"),
            environment.get("PGUSER"),
            password,
            environment.get("PGAPPNAME"));
  }

  private Path passwordFile(Path beside) throws IOException {
    Path file = beside.resolve("password");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String escaped =
        String.valueOf(environment().get("PGPASSWORD")).replace("\\", "\\\\").replace(":", "\\:");
    return Files.writeString(file, "*:*:*:*:" + escaped + "\n");
  }

  private static void copy(Path from, Path to)
      throws IOException, InterruptedException, ToolFailed {
    List<String> command =
        List.of("cp", "--archive", "--reflink=auto", from.toString(), to.toString());
    try (Tool tool = Tool.start("cp", command, Map.of())) {
      tool.await(STOP_LIMIT.multipliedBy(60));
    }
  }
}
