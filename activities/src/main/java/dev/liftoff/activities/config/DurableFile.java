package dev.liftoff.activities.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files that are there completely or not at all, even after a power cut. */
final class DurableFile {
  private DurableFile() {}

  /** Says who may do what with the new file before it gets its name. */
  interface Dressing {
    void dress(Path file) throws IOException;
  }

  static void write(Path file, byte[] content) throws IOException {
    write(file, content, _ -> {});
  }

  /** Beside the file first, then by rename: nobody ever reads half of it. */
  static void write(Path file, byte[] content, Dressing dressing) throws IOException {
    Path folder = above(file);
    Path temporary = Files.createTempFile(folder, ".liftoff-", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        dressing.dress(temporary);
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      sync(folder);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Configuration may hold secrets: only the worker reads the copies. */
  static void createPrivateFolder(Path folder) throws IOException {
    Files.createDirectories(above(folder));
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    sync(above(folder));
  }

  private static Path above(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is no file");
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
