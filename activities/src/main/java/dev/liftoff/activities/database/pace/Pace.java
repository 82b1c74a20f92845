package dev.liftoff.activities.database.pace;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How fast the live server is read, by all that read it together: as fast as it goes, or so many
 * bytes a second.
 */
final class Pace {
  /** As fast as it goes. */
  static final long OPEN = Long.MAX_VALUE;

  private static final double NANOS = 1e9;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final LongAdder passed = new LongAdder();
  private volatile long rate = OPEN;
  private long freeAt;

  /** Waits until this much may be read. What is taken at once is paid for by whoever comes next. */
  void take(long bytes) throws InterruptedException {
    var _ = take(bytes, Duration.ofNanos(Long.MAX_VALUE));
  }

  /** The same, but for no longer than this; false when its turn had not come by then. */
  boolean take(long bytes, Duration longest) throws InterruptedException {
    if (rate != OPEN && !queue(bytes, longest.toNanos())) {
      return false;
    }
    passed.add(bytes);
    return true;
  }

  /** From now on, also for those who wait already. */
  void set(long bytesPerSecond) {
    lock.lock();
    try {
      rate = Math.max(1, bytesPerSecond);
      freeAt = System.nanoTime();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long rate() {
    return rate;
  }

  /** All that was ever taken. */
  long passed() {
    return passed.sum();
  }

  private long untilFree() {
    return rate == OPEN ? 0 : freeAt - System.nanoTime();
  }

  private boolean queue(long bytes, long longest) throws InterruptedException {
    long begun = System.nanoTime();
    lock.lockInterruptibly();
    try {
      for (long wait = untilFree(); wait > 0; wait = untilFree()) {
        long left = longest - (System.nanoTime() - begun);
        if (left <= 0) {
          return false;
        }
        var _ = changed.awaitNanos(Math.min(wait, left));
      }
      freeAt = Math.max(System.nanoTime(), freeAt) + (long) (bytes * NANOS / rate);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
