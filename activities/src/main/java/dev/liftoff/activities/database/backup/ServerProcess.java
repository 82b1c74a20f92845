package dev.liftoff.activities.database.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server that runs from a scratch folder, found by the number that it wrote down itself. */
final class ServerProcess {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(50);

  private ServerProcess() {}

  /** Only a process that was started on exactly these files: numbers come again. */
  static Optional<ProcessHandle> of(ScratchFolder folder) throws IOException {
    Path file = folder.data().resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().matches("\\d+")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> runsOn(process.pid(), folder));
  }

  /** It does not run, and neither do its children. */
  static void stop(ScratchFolder folder) throws IOException, InterruptedException {
    Optional<ProcessHandle> running = of(folder);
    if (running.isEmpty()) {
      return;
    }
    ProcessHandle server = running.get();
    List<ProcessHandle> children = server.descendants().toList();
    interrupt(server.pid());
    if (!ended(server)) {
      server.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** SIGINT, its fast shutdown; the one that Java sends waits until every session has ended. */
  private static void interrupt(long pid) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(pid))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    kill.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static boolean ended(ProcessHandle server) throws InterruptedException {
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    while (server.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(STEP);
    }
    return !server.isAlive();
  }

  private static boolean runsOn(long pid, ScratchFolder folder) {
    try {
      byte[] command = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      String data = folder.data().toAbsolutePath().normalize().toString();
      return List.of(new String(command, StandardCharsets.UTF_8).split("\0")).contains(data);
    } catch (NoSuchFileException ended) {
      return false;
    } catch (IOException unreadable) {
      return false;
    }
  }
}
