package dev.liftoff.activities.database;

import dev.liftoff.LaunchId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * What a launch keeps on the worker's host: its restore point, the migrations it was approved with,
 * and where it began.
 */
public record LaunchFolder(Path path) {
  private static final String PARTIAL = ".partial";

  /** Only the worker's user may read it: it holds the service's data. */
  public static LaunchFolder of(Path artifacts, LaunchId launch) throws IOException {
    Path folder = artifacts.toAbsolutePath().normalize().resolve(launch.asFileName());
    Files.createDirectories(folder.getParent());
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new LaunchFolder(folder);
  }

  public Path backup() {
    return path.resolve("backup");
  }

  public Path migrations() {
    return path.resolve("migrations");
  }

  public Path migrationStart() {
    return path.resolve("migration-start.json");
  }

  public Path trace() {
    return path.resolve("migration-trace.json");
  }

  public Path rehearsal() {
    return path.resolve("rehearsal.json");
  }

  /**
   * A new folder that becomes {@code finished} when it is complete. Each attempt has its own, so
   * that an earlier one that is still dying cannot write into it.
   */
  public Path beginPartial(Path finished) throws IOException {
    String attempt = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return Files.createDirectory(path.resolve(finished.getFileName() + PARTIAL + "-" + attempt));
  }

  public void discardPartials(Path finished) throws IOException {
    String prefix = finished.getFileName() + PARTIAL;
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> partials =
          entries.filter(entry -> entry.getFileName().toString().startsWith(prefix)).toList();
      for (Path partial : partials) {
        delete(partial);
      }
    }
  }

  /** From here on it is there, whatever happens. */
  public void finish(Path partial, Path finished) throws IOException {
    sync(partial);
    Files.move(partial, finished, StandardCopyOption.ATOMIC_MOVE);
    sync(path);
  }

  /** The file has this content or the one before, and never a part of either. */
  public void write(Path file, byte[] content) throws IOException {
    Path partial = path.resolve(file.getFileName() + PARTIAL);
    Files.write(partial, content);
    sync(partial);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(path);
  }

  public static void sync(Path fileOrFolder) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** With all that is in it; nothing where it does not exist. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, java.io.IOException trouble)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
