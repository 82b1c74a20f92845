package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Roles and tablespaces of the server, which no dump of a database holds; without passwords, which
 * only a superuser could read. What they are belongs to the restore point, but a role that may not
 * read them does not prevent it.
 */
final class Globals implements AutoCloseable {
  private static final String TOOL = "pg_dumpall";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path file;
  private final @Nullable Tool tool;

  private Globals(Path file, @Nullable Tool tool) {
    this.file = file;
    this.tool = tool;
  }

  static Globals save(PostgresServer server, PostgresTools tools, Path file) throws IOException {
    if (!Files.isExecutable(tools.folder().resolve(TOOL))) {
      return new Globals(file, null);
    }
    List<String> arguments =
        List.of(
            "--globals-only",
            "--no-role-passwords",
            "--no-password",
            "--lock-wait-timeout=" + LIMIT.toMillis(),
            "--database=" + server.database(),
            "--file=" + file);
    return new Globals(
        file,
        tools.start(TOOL, arguments, server.toolEnvironment(server.database(), Purpose.BACKUP)));
  }

  /** The checksum of the file, or why there is none. */
  String await() throws IOException, InterruptedException {
    if (tool == null) {
      return "not saved: there is no pg_dumpall beside pg_dump";
    }
    try {
      tool.await(LIMIT);
      return Sha256.of(file);
    } catch (ToolFailed failed) {
      Files.deleteIfExists(file);
      return "not saved: " + failed.sentence();
    }
  }

  @Override
  public void close() throws IOException {
    if (tool != null) {
      tool.close();
    }
  }
}
