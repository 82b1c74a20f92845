package dev.liftoff.activities.container;

import dev.liftoff.activities.Heartbeat;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A blocking call on a virtual thread of its own, given up at its limit; beats while it waits. */
final class Limited<T extends @Nullable Object> {
  private static final Duration BEAT_EVERY = Duration.ofSeconds(3);

  private final Heartbeat heartbeat;
  private final String what;
  private final Instant deadline;
  private final FutureTask<T> task;

  /** What blocks; an interrupt ends it. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run() throws Exception;
  }

  /** The limit has passed. */
  static final class TooLate extends Exception {}

  Limited(Duration limit, Heartbeat heartbeat, String what, Work<T> work) {
    this.heartbeat = heartbeat;
    this.what = what;
    this.deadline = Instant.now().plus(limit);
    this.task = new FutureTask<>(work::run);
  }

  T await() throws TooLate {
    Thread.ofVirtual().name("engine-call").start(task);
    try {
      return result();
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(shutdown);
    } catch (ExecutionException failed) {
      throw unchecked(failed.getCause());
    } finally {
      // The interrupt closes the socket, which is the only thing that unblocks the call.
      task.cancel(true);
    }
  }

  private T result() throws InterruptedException, ExecutionException, TooLate {
    while (true) {
      Duration left = Duration.between(Instant.now(), deadline);
      if (!left.isPositive() && !task.isDone()) {
        throw new TooLate();
      }
      try {
        Duration next = left.compareTo(BEAT_EVERY) < 0 ? left : BEAT_EVERY;
        return task.get(Math.max(1, next.toMillis()), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillWaiting) {
        heartbeat.beat(what);
      }
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
