package dev.liftoff;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.when;

import dev.liftoff.gate.Command;
import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** More time that people give to the step that soaks. */
final class Extension {
  /** The runbook's pause: thirty minutes more. */
  private static final Duration USUAL = Duration.ofMinutes(30);

  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(7);

  private @Nullable Soak soak;

  /** This one is on now; null when none is. */
  void of(@Nullable Soak now) {
    soak = now;
  }

  Optional<String> refusal(Command command) {
    return firstOf(
        when(
            soak == null,
            "nothing is soaking, and no review asks: extend gives more time to a step that soaks, or another checkpoint to a review"),
        refusal(command.duration(), LEAST, MOST));
  }

  /** After {@link #refusal} found nothing. */
  String take(Command command, String who) {
    if (soak == null) {
      throw new IllegalStateException("nothing is soaking");
    }
    String typed = command.duration();
    return soak.extend(typed == null ? USUAL : Durations.parse(typed), who);
  }

  static Optional<String> refusal(@Nullable String typed, Duration least, Duration most) {
    if (typed == null) {
      return Optional.empty();
    }
    try {
      Duration duration = Durations.parse(typed);
      return when(
          duration.compareTo(least) < 0 || duration.compareTo(most) > 0,
          "duration must be between %s and %s, was '%s'"
              .formatted(Durations.text(least), Durations.text(most), typed));
    } catch (IllegalArgumentException wrong) {
      return Optional.of("duration " + wrong.getMessage());
    }
  }
}
