package dev.liftoff.activities.database.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A worker, of which a number alone would say little: numbers come again. */
public record WorkerProcess(String host, long pid, Instant since) {
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  public static WorkerProcess here() {
    return of(ProcessHandle.current());
  }

  /** Only of its own host can anybody say so. */
  boolean isGone() {
    return host.equals(here().host())
        && ProcessHandle.of(pid).map(found -> !of(found).equals(this)).orElse(true);
  }

  private static WorkerProcess of(ProcessHandle process) {
    try {
      return new WorkerProcess(
          Files.readString(HOST).strip(),
          process.pid(),
          process.info().startInstant().orElse(Instant.EPOCH));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
