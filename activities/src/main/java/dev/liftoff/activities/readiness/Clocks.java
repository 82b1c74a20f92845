package dev.liftoff.activities.readiness;

import java.time.Duration;
import java.time.Instant;

/** How far another clock is from this host's. */
final class Clocks {
  /** Asks the other clock once. */
  interface Other {
    Instant now() throws Exception;
  }

  private Clocks() {}

  /** What the way there and back took is not held against it. */
  static Seen compared(String whose, Duration most, Other clock) throws Exception {
    String limit = "less than %d ms apart".formatted(most.toMillis());
    Instant before = Instant.now();
    long begun = System.nanoTime();
    Instant there = clock.now();
    Duration way = Duration.ofNanos(System.nanoTime() - begun);
    Duration apart = Duration.between(before.plus(way.dividedBy(2)), there);
    Duration doubt = way.dividedBy(2);
    String value =
        "the clock of %s is %d ms %s this host's, give or take %d ms"
            .formatted(
                whose,
                apart.abs().toMillis(),
                apart.isNegative() ? "behind" : "ahead of",
                doubt.toMillis());
    if (doubt.compareTo(most) >= 0) {
      return Seen.noData(value + ": the answer took too long to tell", limit);
    }
    return Seen.held(apart.abs().compareTo(most) < 0, value, limit);
  }
}
