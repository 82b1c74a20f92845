package dev.liftoff.activities.database;

import dev.liftoff.plan.Durations;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running child process. Closing it kills it and its children by handle, if they still run. */
public final class Tool implements AutoCloseable {
  private static final int LAST_WORDS = 4000;
  private static final long KILL_LIMIT_SECONDS = 5;

  private final String name;
  private final Process process;
  private final Path output;

  private Tool(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  public static Tool start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    Path output = Files.createTempFile("liftoff-" + name, ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    try {
      return new Tool(name, builder.start(), output);
    } catch (IOException notStarted) {
      Files.delete(output);
      throw notStarted;
    }
  }

  /**
   * Waits for a clean end.
   *
   * @throws ToolFailed with its first error line when it ends otherwise or not in time
   */
  public void await(Duration limit) throws ToolFailed, InterruptedException, IOException {
    await(limit, limit);
  }

  /**
   * The same for what others have spent a part of the time of already.
   *
   * @param left of the limit
   */
  public void await(Duration left, Duration limit)
      throws ToolFailed, InterruptedException, IOException {
    if (!process.waitFor(left.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new ToolFailed(
          "%s did not end within %s".formatted(name, Durations.text(limit)), false);
    }
    if (process.exitValue() != 0) {
      String words = lastWords();
      throw new ToolFailed("%s: %s".formatted(name, sentence(words)), isOutage(words));
    }
  }

  /** What it wrote until it ended. */
  public List<String> lines() throws IOException {
    return Files.readAllLines(output);
  }

  @Override
  public void close() throws IOException {
    try {
      kill();
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private void kill() {
    // The children first: pg_dump forks one for each job, and they would go on with their table.
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(KILL_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOutage(String words) {
    return process.exitValue() > 128
        || Stream.of(
                "connection to server",
                "server closed the connection",
                "terminating connection",
                "lock timeout",
                "unable to acquire lock",
                "worker process died")
            .anyMatch(words::contains);
  }

  private String sentence(String words) {
    return words
        .lines()
        .filter(line -> line.matches("(?i).*\\berror: .*"))
        .findFirst()
        .map(line -> line.replaceFirst("(?i)^.*?error:\\s+", ""))
        .orElse("ended with code " + process.exitValue());
  }

  private String lastWords() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - LAST_WORDS));
      byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
