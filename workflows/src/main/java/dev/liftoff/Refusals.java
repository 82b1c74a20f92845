package dev.liftoff;

import dev.liftoff.gate.Role;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sentences by which a message is refused; empty when nothing speaks against it. */
final class Refusals {
  private static final String REFUSED = "REFUSED";

  private Refusals() {}

  /** What the sender of an update gets. */
  static ApplicationFailure failure(String sentence) {
    return ApplicationFailure.newNonRetryableFailure(sentence, REFUSED);
  }

  @SafeVarargs
  static Optional<String> firstOf(Optional<String>... refusals) {
    for (Optional<String> refusal : refusals) {
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  static Optional<String> when(boolean wrong, String sentence) {
    return wrong ? Optional.of(sentence) : Optional.empty();
  }

  static Optional<String> missing(String field, @Nullable String text) {
    return when(text == null, field + " is missing");
  }

  /** Somebody with a role that there is. */
  static Optional<String> person(@Nullable String who, @Nullable String role) {
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
