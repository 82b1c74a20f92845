package dev.liftoff;

import dev.liftoff.gate.Role;
import dev.liftoff.plan.Durations;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sentences by which a message is refused; empty when nothing speaks against it. */
public final class Refusals {
  private static final String REFUSED = "REFUSED";

  private Refusals() {}

  /** What the sender of an update gets. */
  public static ApplicationFailure failure(String sentence) {
    return ApplicationFailure.newNonRetryableFailure(sentence, REFUSED);
  }

  @SafeVarargs
  public static Optional<String> firstOf(Optional<String>... refusals) {
    for (Optional<String> refusal : refusals) {
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  public static Optional<String> when(boolean wrong, String sentence) {
    return wrong ? Optional.of(sentence) : Optional.empty();
  }

  public static Optional<String> missing(String field, @Nullable String text) {
    return when(text == null, field + " is missing");
  }

  /** Null is no mistake: then the usual one is meant. */
  public static Optional<String> duration(@Nullable String typed, Duration least, Duration most) {
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

  /** Somebody with a role that there is. */
  public static Optional<String> person(@Nullable String who, @Nullable String role) {
    Optional<String> missing = firstOf(missing("who", who), missing("role", role));
    if (missing.isPresent() || role == null) {
      return missing;
    }
    try {
      Role.of(role);
      return Optional.empty();
    } catch (IllegalArgumentException unknown) {
      return Optional.of("role " + unknown.getMessage());
    }
  }
}
