package dev.liftoff.activities.database;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Blocking work side by side. */
public final class Parallel {
  private Parallel() {}

  /** Ends when all have ended; the first failure, or an interrupt, interrupts the others. */
  public static <T extends @Nullable Object> void all(List<? extends Callable<T>> tasks)
      throws SQLException, IOException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ExecutorCompletionService<T> running = new ExecutorCompletionService<>(threads);
      List.copyOf(tasks).forEach(running::submit);
      try {
        for (int ended = 0; ended < tasks.size(); ended++) {
          var _ = running.take().get();
        }
      } catch (ExecutionException failed) {
        throw rethrown(failed.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /** In their order, with at most so many at the same time. */
  public static <T> void inTurn(Iterable<T> items, int abreast, Work<T> work)
      throws SQLException, IOException, InterruptedException {
    var waiting = items.iterator();
    List<Callable<@Nullable Void>> tasks = new ArrayList<>();
    for (int task = 0; task < abreast; task++) {
      tasks.add(() -> {
        for (T item = next(waiting); item != null; item = next(waiting)) {
          work.on(item);
        }
        return null;
      });
    }
    all(tasks);
  }

  public interface Work<T> {
    void on(T item) throws SQLException, IOException, InterruptedException;
  }

  private static <T> @Nullable T next(java.util.Iterator<T> waiting) {
    synchronized (waiting) {
      return waiting.hasNext() ? waiting.next() : null;
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause)
      throws SQLException, IOException, InterruptedException {
    switch (cause) {
      case SQLException sql -> throw sql;
      case IOException io -> throw io;
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException known -> throw known;
      case null, default -> throw new IllegalStateException(cause);
    }
  }
}
