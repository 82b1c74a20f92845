package dev.liftoff.activities;

import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on a virtual thread, and the thread that beats for it. */
final class Beating<T extends @Nullable Object> {
  private static final Logger log = LoggerFactory.getLogger(Beating.class);
  private static final Duration BEAT_EVERY = Duration.ofSeconds(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Heartbeat heartbeat;
  private final Supplier<?> details;
  private final FutureTask<T> task;
  private final Thread thread;
  private @Nullable Runnable stop;

  Beating(Heartbeat heartbeat, Supplier<?> details, Callable<T> work) {
    this.heartbeat = heartbeat;
    this.details = details;
    this.task = new FutureTask<>(work);
    this.thread = Thread.ofVirtual().name("heartbeat-work").unstarted(task);
  }

  Beating<T> stoppingBy(Runnable stopFirst) {
    this.stop = stopFirst;
    return this;
  }

  T await() {
    thread.start();
    try {
      return result();
    } catch (InterruptedException shutdown) {
      end();
      Thread.currentThread().interrupt();
      throw Activity.wrap(shutdown);
    } catch (RuntimeException | Error abandoned) {
      end();
      throw abandoned;
    }
  }

  private T result() throws InterruptedException {
    do {
      heartbeat.beat(details.get());
    } while (!thread.join(BEAT_EVERY));
    try {
      return task.get();
    } catch (ExecutionException failed) {
      throw Activity.wrap(failed.getCause());
    }
  }

  private void end() {
    if (stop != null) {
      askToStop(stop);
    }
    if (thread.isAlive()) {
      thread.interrupt();
      awaitEnd();
    }
    if (thread.isAlive()) {
      log.warn("work goes on after it was interrupted limit={}", STOP_LIMIT);
    }
  }

  private void askToStop(Runnable request) {
    if (!thread.isAlive()) {
      return;
    }
    try {
      request.run();
      awaitEnd();
    } catch (RuntimeException unheard) {
      log.warn("work could not be asked to stop", unheard);
    }
  }

  private void awaitEnd() {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(STOP_LIMIT);
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
