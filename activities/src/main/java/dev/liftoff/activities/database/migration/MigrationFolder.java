package dev.liftoff.activities.database.migration;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.LaunchFolder;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The migrations as they were when the launch first looked: what was inspected is what is applied.
 */
public record MigrationFolder(LaunchFolder folder, Path source) {
  private static final int MOST_FILES = 10_000;
  private static final int DEEPEST = 10;

  public static MigrationFolder of(LaunchFolder folder, String source) {
    return new MigrationFolder(folder, Path.of(source).toAbsolutePath().normalize());
  }

  /** The copy that belongs to the launch, made at the first call. */
  public Path frozen() throws IOException {
    Path copy = folder.migrations();
    if (!Files.isDirectory(copy)) {
      if (!Files.isDirectory(source)) {
        throw failed(
            "the folder of the migrations, %s, does not exist on the worker's host; correct it in the plan"
                .formatted(source));
      }
      folder.discardPartials(copy);
      Path partial = folder.beginPartial(copy);
      copyInto(partial);
      folder.finish(partial, copy);
    }
    return copy;
  }

  private void copyInto(Path target) throws IOException {
    List<Path> files = files();
    if (files.size() > MOST_FILES) {
      throw failed(
          "%s has more than %d SQL files; name the folder that holds only the migrations"
              .formatted(source, MOST_FILES));
    }
    for (Path file : files) {
      Path copy = target.resolve(source.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(source, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> isMigration(source.relativize(file)))
          .limit(MOST_FILES + 1L)
          .toList();
    }
  }

  /** Hidden folders hold second copies where a platform mounts files through links. */
  private static boolean isMigration(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    String name = relative.toString();
    return name.endsWith(".sql") || name.endsWith(".sql.conf");
  }

  private static RuntimeException failed(String sentence) {
    return FailureType.MIGRATION_FAILED.permanent(sentence);
  }
}
