package dev.liftoff.report;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the clock of the launch stood still.
 *
 * @param until null while it does
 * @param by a person or {@code liftoff}, and why; of several reasons of its own the last
 */
public record Hold(Instant from, @Nullable Instant until, String by) {
  Duration lasted(Instant now) {
    return Duration.between(from, until == null ? now : until);
  }
}
