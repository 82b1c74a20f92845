package dev.liftoff.activities.traffic;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.traffic.Drained;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Waits until a slot has nothing in flight.
 *
 * @param settle how long to wait at least, for requests that the proxy has accepted but not yet
 *     counted
 * @param limit how long to wait at most
 */
record Drain(Duration settle, Duration limit, Heartbeat heartbeat) {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Waits for the settling time, and then for the end of what is in flight. */
  Drained until(LongSupplier inFlight) {
    long start = System.nanoTime();
    pause(settle.compareTo(limit) < 0 ? settle : limit);
    long left = inFlight.getAsLong();
    while (left > 0 && since(start).compareTo(limit) < 0) {
      heartbeat.beat(left);
      pause(PAUSE);
      left = inFlight.getAsLong();
    }
    return new Drained(left == 0, left, since(start));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException reason) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a slot drained", reason);
    }
  }
}
