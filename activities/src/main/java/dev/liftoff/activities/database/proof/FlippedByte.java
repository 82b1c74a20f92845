package dev.liftoff.activities.database.proof;

import dev.liftoff.activities.database.backup.Manifest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** A file of a restore point as a disk that loses a bit would give it back: a copy of it. */
final class FlippedByte {
  private FlippedByte() {}

  /** The smallest that has any bytes: one is enough, and a dump may be large. */
  static Optional<Manifest.SavedFile> victim(Manifest manifest) {
    return manifest.files().stream()
        .filter(file -> file.bytes() > 0)
        .min(Comparator.comparingLong(Manifest.SavedFile::bytes));
  }

  /** Whether the checksums notice it, as they are used for the restore point itself. */
  static boolean isNoticed(Manifest.SavedFile victim, Path restorePoint, Manifest.FileReader reader)
      throws IOException {
    Path folder = Files.createTempDirectory("liftoff-flipped");
    Path copy = folder.resolve("copy");
    try {
      Files.copy(restorePoint.resolve(victim.path()), copy);
      flip(copy);
      return !reader.read(copy).equals(victim.sha256());
    } finally {
      Files.deleteIfExists(copy);
      Files.delete(folder);
    }
  }

  private static void flip(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long middle = bytes.length() / 2;
      bytes.seek(middle);
      int was = bytes.read();
      bytes.seek(middle);
      bytes.write(was ^ 1);
    }
  }
}
