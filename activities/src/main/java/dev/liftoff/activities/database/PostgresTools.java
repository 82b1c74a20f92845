package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of {@code pg_dump} and {@code pg_restore} that fit a server: of the same major
 * version, or a restore may fail.
 *
 * @param version as {@code pg_dump} tells it
 */
public record PostgresTools(Path folder, String version) {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+\\S*)");
  private static final long VERSION_LIMIT_SECONDS = 10;

  /** The given folder, or else the first that fits of the usual ones. */
  public static PostgresTools fitting(int serverMajor, @Nullable Path given) throws IOException {
    List<Path> candidates = given == null ? usualFolders(serverMajor) : List.of(given);
    for (Path candidate : candidates) {
      Optional<String> version = version(candidate);
      if (version.filter(text -> major(text) == serverMajor).isPresent()) {
        return new PostgresTools(candidate, version.get());
      }
    }
    throw FailureType.DATABASE_REFUSED.permanent(
        "no pg_dump and pg_restore of major version %d, which the server has, %s; install postgresql-client-%d on the worker's host"
            .formatted(serverMajor, found(candidates), serverMajor));
  }

  /**
   * Whatever {@code tool} is told is in its arguments and environment; it inherits nothing else of
   * the worker.
   */
  public Tool start(String tool, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(folder.resolve(tool).toString());
    command.addAll(arguments);
    return Tool.start(tool, command, environment);
  }

  private static int major(String version) {
    return Integer.parseInt(version.replaceFirst("\\D.*", ""));
  }

  private static String found(List<Path> candidates) throws IOException {
    List<String> versions = new ArrayList<>();
    for (Path candidate : candidates) {
      version(candidate).ifPresent(text -> versions.add(major(text) + " in " + candidate));
    }
    return versions.isEmpty() ? "found" : "found, only " + String.join(", ", versions);
  }

  private static List<Path> usualFolders(int serverMajor) {
    List<Path> folders = new ArrayList<>();
    folders.add(DEBIAN.resolve(serverMajor + "/bin"));
    String path = System.getenv().getOrDefault("PATH", "");
    Stream.of(path.split(File.pathSeparator))
        .filter(entry -> !entry.isBlank())
        .map(Path::of)
        .forEach(folders::add);
    return folders;
  }

  private static Optional<String> version(Path folder) throws IOException {
    if (!Files.isExecutable(folder.resolve("pg_restore"))) {
      return Optional.empty();
    }
    Path dump = folder.resolve("pg_dump");
    return Files.isExecutable(dump) ? answer(dump) : Optional.empty();
  }

  private static Optional<String> answer(Path tool) throws IOException {
    Process process =
        new ProcessBuilder(tool.toString(), "--version").redirectErrorStream(true).start();
    try {
      if (!process.waitFor(VERSION_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return Optional.empty();
      }
      byte[] answer = process.getInputStream().readNBytes(1000);
      Matcher matcher = VERSION.matcher(new String(answer, StandardCharsets.UTF_8));
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    } finally {
      process.destroyForcibly();
    }
  }
}
