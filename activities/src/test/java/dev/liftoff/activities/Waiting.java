package dev.liftoff.activities;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what will be so in a moment. */
public final class Waiting {
  /** Longer than a busy machine takes for what has a limit, and shorter than without the limit. */
  public static final Duration BUSY = Duration.ofSeconds(30);

  private Waiting() {}

  /** Returns as soon as it is so. */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited " + limit + " in vain until " + what);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }
}
