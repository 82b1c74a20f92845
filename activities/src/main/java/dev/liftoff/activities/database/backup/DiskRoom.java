package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room for a dump, which rarely is larger than its database. */
public final class DiskRoom {
  private static final long MEGABYTE = 1024 * 1024;

  private DiskRoom() {}

  public static void require(Path folder, long bytes) throws IOException {
    long usable = Files.getFileStore(folder).getUsableSpace();
    if (usable < bytes) {
      throw FailureType.BACKUP_FAILED.permanent(
          "the dump may need %d MB and %s has room for %d MB; make room there or use another folder for artifacts"
              .formatted(megabytes(bytes), folder, usable / MEGABYTE));
    }
  }

  private static long megabytes(long bytes) {
    return Math.ceilDiv(bytes, MEGABYTE);
  }
}
