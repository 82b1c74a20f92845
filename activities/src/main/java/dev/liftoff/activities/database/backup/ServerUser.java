package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL's server does not run as root: a worker that does becomes the packages' user for it.
 */
final class ServerUser {
  private static final String PACKAGED = "postgres";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private ServerUser() {}

  static List<String> command(List<String> command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(
          List.of("setpriv", "--reuid=" + PACKAGED, "--regid=" + PACKAGED, "--clear-groups"));
    }
    all.addAll(command);
    return all;
  }

  /** The server may use these files. */
  static void own(Path folder) throws IOException, InterruptedException, ToolFailed {
    if (isRoot()) {
      try (Tool chown =
          Tool.start("chown", List.of("chown", "-R", PACKAGED, folder.toString()), Map.of())) {
        chown.await(LIMIT);
      }
    }
  }

  /** The server may come to what is in this folder; permanent where one above it is closed. */
  static void enterable(Path folder) throws IOException, InterruptedException {
    if (!isRoot()) {
      return;
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    List<String> look = List.of("test", "-x", folder.toString());
    try (Tool test = Tool.start("test", command(look), Map.of())) {
      test.await(LIMIT);
    } catch (ToolFailed closed) {
      throw FailureType.BACKUP_FAILED.permanent(
          "the user %s, as which a restored server runs, may not enter %s; set a folder that it may enter as database.postgres.scratch in the worker's settings"
              .formatted(PACKAGED, folder));
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
