package dev.liftoff.activities.database.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many bytes there is room for where a folder is, or will be. */
@FunctionalInterface
public interface DiskSpace {
  long usable(Path folder) throws IOException;

  static DiskSpace ofThisHost() {
    return folder -> Files.getFileStore(existing(folder)).getUsableSpace();
  }

  private static Path existing(Path folder) {
    Path each = folder.toAbsolutePath().normalize();
    while (!Files.exists(each) && each.getParent() != null) {
      each = each.getParent();
    }
    return each;
  }
}
