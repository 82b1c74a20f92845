package dev.liftoff.activities;

import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Runs things beside one another on virtual threads and waits for each no longer than a limit. */
public final class SideBySide {
  private SideBySide() {}

  /**
   * One answer for each task, in their order. A task that throws, or that takes longer than the
   * limit (a {@link TimeoutException}), is answered by {@code otherwise}.
   */
  public static <T> List<T> run(
      List<Callable<T>> tasks, Duration limit, Function<Throwable, T> otherwise) {
    long deadline = System.nanoTime() + limit.toNanos();
    List<FutureTask<T>> running = tasks.stream().map(SideBySide::start).toList();
    try {
      return running.stream().map(task -> await(task, deadline, otherwise)).toList();
    } finally {
      running.forEach(task -> task.cancel(true));
    }
  }

  private static <T> FutureTask<T> start(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofVirtual().name("side-by-side").start(future);
    return future;
  }

  private static <T> T await(FutureTask<T> task, long deadline, Function<Throwable, T> otherwise) {
    try {
      return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      return otherwise.apply(failed.getCause());
    } catch (TimeoutException late) {
      return otherwise.apply(late);
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(shutdown);
    }
  }
}
