package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.Parallel;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sums of many tables, the largest first, over few connections: the one that is open
 * already, and others where there is enough to read.
 *
 * @param first in a transaction that sees the state to be read
 * @param more opens another one that sees the same state
 */
public record TableSums(
    Connection first, Another more, int jobs, ContentReader reader, Progress progress) {
  /** A seam for the test of the comparison itself. */
  public interface ContentReader {
    TableState read(Connection connection, String table) throws SQLException;
  }

  /**
   * A login takes as long as hashing some megabytes: tens of milliseconds against 150 to 300 MB/s,
   * database.md section 2.
   */
  private static final long WORTH_ANOTHER = 32L * 1024 * 1024;

  public interface Another {
    Connection open() throws SQLException;
  }

  /** How many processes or connections, at most {@code jobs}, pay for so much to read. */
  public static int jobsFor(long bytes, int jobs) {
    return Math.clamp(1 + bytes / WORTH_ANOTHER, 1, Math.max(1, jobs));
  }

  /**
   * The sums of these tables.
   *
   * @param sizes bytes of each table to be read
   */
  public Map<String, TableState> read(Map<String, Long> sizes)
      throws SQLException, IOException, InterruptedException {
    Queue<String> waiting = largestFirst(sizes);
    Map<String, TableState> sums = new ConcurrentSkipListMap<>();
    long bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
    List<Callable<@Nullable Void>> readers = new ArrayList<>();
    readers.add(() -> drain(first, waiting, sums, sizes.size()));
    while (readers.size() < Math.min(jobsFor(bytes, jobs), sizes.size())) {
      readers.add(() -> drainByAnother(waiting, sums, sizes.size()));
    }
    Parallel.all(readers);
    return new TreeMap<>(sums);
  }

  private static Queue<String> largestFirst(Map<String, Long> sizes) {
    return new ConcurrentLinkedQueue<>(
        sizes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .toList());
  }

  private @Nullable Void drainByAnother(
      Queue<String> waiting, Map<String, TableState> sums, int total) throws SQLException {
    try (Connection another = more.open()) {
      return drain(another, waiting, sums, total);
    }
  }

  private @Nullable Void drain(
      Connection connection, Queue<String> waiting, Map<String, TableState> sums, int total)
      throws SQLException {
    for (String table = waiting.poll(); table != null; table = waiting.poll()) {
      progress.report("adding up %s, %d of %d tables".formatted(table, sums.size() + 1, total));
      sums.put(table, reader.read(connection, table));
    }
    return null;
  }
}
