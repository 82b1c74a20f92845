package dev.liftoff.activities.traffic;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Changes of files that are seen whole or not at all, and that survive a loss of power. */
final class DurableFile {
  private DurableFile() {}

  static void replace(Path target, String text) throws IOException {
    Path next = beside(target);
    try (FileChannel channel = FileChannel.open(next, CREATE, TRUNCATE_EXISTING, WRITE)) {
      keepPermissions(target, next);
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    moveOver(next, target);
  }

  static void link(Path link, Path target) throws IOException {
    Path next = beside(link);
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, target);
    moveOver(next, link);
  }

  private static Path beside(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".next");
  }

  private static void moveOver(Path next, Path target) throws IOException {
    Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), READ)) {
      folder.force(true);
    }
  }

  /** The proxy often runs as another user, who must be able to read the new file too. */
  private static void keepPermissions(Path target, Path next) throws IOException {
    if (Files.exists(target)) {
      Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(target));
    }
  }
}
