package dev.liftoff.starter;

import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as people read them, always in UTC. */
final class Times {
  private Times() {}

  static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Such as {@code 2026-11-20T14:40:00Z (in 7m48s)}. */
  static String until(Instant time, Instant now) {
    Duration left = Duration.between(now, time);
    return "%s (%s)"
        .formatted(
            second(time),
            left.isNegative() ? rounded(left.negated()) + " ago" : "in " + rounded(left));
  }

  /** Such as {@code , as of 2026-11-20T14:40:00Z (4m12s ago)}; nothing where nobody has looked. */
  static String asOf(@Nullable Instant time, Instant now) {
    return time == null ? "" : ", as of " + until(time, now);
  }

  static String rounded(Duration duration) {
    return Durations.text(Duration.ofSeconds(duration.toSeconds()));
  }

  /** {@code T-00:15:00}, {@code T+00:07:12}; empty while T+0 is not known. */
  static String clock(@Nullable Instant zero, Instant now) {
    if (zero == null) {
      return "";
    }
    Duration distance = Duration.between(zero, now);
    Duration size = distance.abs();
    return String.format(
        Locale.ROOT,
        "T%s%02d:%02d:%02d",
        distance.isNegative() ? "-" : "+",
        size.toHours(),
        size.toMinutesPart(),
        size.toSecondsPart());
  }
}
