package dev.liftoff.database;

import java.util.Arrays;
import java.util.Locale;

/**
 * How a backup gives way to the service: while the service is slower than it was, its database is
 * read half as fast as before, and half of that, and faster again when it has recovered.
 *
 * @param when whether it gives way at all; without a query for the p95 it never does
 * @param above the service suffers while its p95 is above so many times what it was before the
 *     backup
 * @param floor bytes a second: it never reads slower, so that it ends
 */
public record ThrottleSpec(When when, double above, long floor) {

  /**
   * A dump at full speed doubled the latency of a service and more (database.md, section 2), so
   * half as much again is noticed on the way there. The floor dumps 10 GB in three quarters of an
   * hour.
   */
  public static final ThrottleSpec DEFAULT = new ThrottleSpec(When.P95, 1.5, 4L << 20);

  /** What a backup gives way to. */
  public enum When {
    P95,
    NEVER;

    public static When of(String word) {
      return Arrays.stream(values())
          .filter(when -> when.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("must be p95 or never, was '" + word + "'"));
    }
  }
}
