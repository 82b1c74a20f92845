package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pgBackRest that its operators configured, with the server's {@code archive_command} pushing
 * into it.
 *
 * @param program such as {@code pgbackrest}
 * @param config its file; null for the usual one
 */
public record PgBackRest(
    PostgresServer server,
    PostgresTools tools,
    String program,
    String stanza,
    @Nullable Path config)
    implements BackupProvider {
  private static final Duration ARCHIVE_LIMIT = Duration.ofMinutes(1);

  @Override
  public void backup() throws IOException, InterruptedException, ToolFailed {
    var _ = run(List.of("--type=incr", "--start-fast", archiveLimit(), "backup"));
  }

  @Override
  public void verify() throws IOException, InterruptedException, ToolFailed {
    var _ = run(List.of("verify"));
  }

  /** Its check switches the log and waits until the archive has it, and with it what was before. */
  @Override
  public void awaitRestorePoint(String name) throws IOException, InterruptedException, ToolFailed {
    var _ = run(List.of(archiveLimit(), "check"));
  }

  @Override
  public ScratchServer restoreBeside(String name, ScratchFolder folder)
      throws IOException, InterruptedException, ToolFailed {
    Path data = Files.createDirectory(folder.data());
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    Path elsewhere = Files.createDirectory(folder.path().resolve("tablespaces"));
    ServerUser.own(folder.path());
    var _ =
        run(
            List.of(
                "--pg1-path=" + data,
                "--tablespace-map-all=" + elsewhere,
                "--type=name",
                "--target=" + name,
                "--target-action=promote",
                "--archive-mode=off",
                "restore"));
    return ScratchServer.start(tools, folder, List.of("primary_conninfo="));
  }

  @Override
  public String describe() throws IOException, InterruptedException, ToolFailed {
    List<String> info = run(List.of("info"));
    String newest =
        info.stream()
            .filter(line -> line.contains(" backup: "))
            .reduce((first, second) -> second)
            .orElse("no backup");
    return "pgBackRest, stanza %s: %s".formatted(stanza, newest.strip());
  }

  /** Its repository has this stanza; there need not be a backup yet. */
  boolean isKnown() throws IOException, InterruptedException, ToolFailed {
    return run(List.of("info")).stream().noneMatch(line -> line.contains("missing stanza"));
  }

  private List<String> run(List<String> arguments)
      throws IOException, InterruptedException, ToolFailed {
    List<String> command = new ArrayList<>(List.of(program, "--stanza=" + stanza));
    if (config != null) {
      command.add("--config=" + config);
    }
    command.addAll(List.of("--log-level-console=warn", "--log-level-file=off"));
    command.addAll(arguments);
    try (Tool tool = Tool.start("pgbackrest", ServerUser.command(command), environment())) {
      tool.await(server.spec().backupLimit());
      return tool.lines();
    }
  }

  /** Where and as whom it connects is its own configuration. */
  private Map<String, String> environment() {
    Map<String, String> environment =
        new LinkedHashMap<>(server.toolEnvironment(server.database(), Purpose.BACKUP));
    environment.keySet().retainAll(List.of("PGPASSWORD", "PGSSLMODE", "PGSSLROOTCERT"));
    return environment;
  }

  private static String archiveLimit() {
    return "--archive-timeout=" + ARCHIVE_LIMIT.toSeconds();
  }
}
