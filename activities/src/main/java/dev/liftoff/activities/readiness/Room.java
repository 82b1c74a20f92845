package dev.liftoff.activities.readiness;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is left of disks and memory. */
final class Room {
  private static final long GIGA = 1_000_000_000;
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private Room() {}

  static String limit(int percent) {
    return "more than %d %% free".formatted(percent);
  }

  /** The fullest of the file systems that hold these folders decides. */
  static Seen of(List<Path> folders, int percent) throws IOException {
    List<String> facts = new ArrayList<>();
    boolean all = true;
    for (Path folder : folders) {
      FileStore store = Files.getFileStore(existing(folder));
      long total = store.getTotalSpace();
      if (total <= 0) {
        return Seen.noData(
            folder + " is on a file system that does not tell its size; look at it by hand",
            limit(percent));
      }
      double free = 100.0 * store.getUsableSpace() / total;
      all &= free > percent;
      facts.add("%d %% of %d GB free for %s".formatted((long) free, total / GIGA, folder));
    }
    return Seen.held(all, String.join(", ", facts), limit(percent));
  }

  /** As Linux itself reckons what a new program could have. */
  static Seen memory(int percent) throws IOException {
    if (!Files.isReadable(MEMORY)) {
      return Seen.noData(
          MEMORY + " is not there; look at the host's memory by hand", limit(percent));
    }
    List<String> lines = Files.readAllLines(MEMORY);
    long total = kilobytes(lines, "MemTotal:");
    long available = kilobytes(lines, "MemAvailable:");
    if (total <= 0 || available < 0) {
      return Seen.noData(MEMORY + " does not tell what is available", limit(percent));
    }
    return Seen.held(
        100.0 * available / total > percent,
        "%d %% of %d MB available".formatted(100 * available / total, total / 1_024),
        limit(percent));
  }

  private static long kilobytes(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("\\D", ""))
        .filter(digits -> !digits.isEmpty())
        .map(Long::parseLong)
        .findFirst()
        .orElse(-1L);
  }

  /** A folder that the first launch makes has the room of the one above. */
  private static Path existing(Path folder) {
    Path path = folder.toAbsolutePath();
    while (!Files.exists(path) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }
}
