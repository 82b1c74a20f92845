package dev.liftoff.activities.probe;

import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of a file system is free for the worker. */
record DiskCheck(Check.Disk check) implements Examination {
  private static final long GIGA = 1_000_000_000;

  @Override
  public String limit() {
    return "at least " + check.freeAtLeast() + " % free";
  }

  @Override
  public ProbeResult run() throws IOException {
    FileStore store = Files.getFileStore(Path.of(check.path()));
    long total = store.getTotalSpace();
    if (total <= 0) {
      throw new IOException(check.path() + " is on a file system that does not tell its size");
    }
    double free = 100.0 * store.getUsableSpace() / total;
    String value = "%d %% of %d GB free".formatted((long) free, total / GIGA);
    return free >= check.freeAtLeast()
        ? ProbeResult.pass(check.name(), value, limit())
        : ProbeResult.fail(check.name(), value, limit());
  }
}
