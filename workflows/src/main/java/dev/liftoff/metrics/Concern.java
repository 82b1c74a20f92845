package dev.liftoff.metrics;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Something that a watch found out of its bounds for as long as it takes, and that did not make its
 * verdict a fail. A report names every concern that goes on, each time: one that is no longer named
 * is over.
 *
 * @param what the watched thing and its bound, in words; the same words mean the same concern
 * @param response what follows, or what would follow if it were not in shadow
 * @param reason the value now, in one sentence
 * @param shadow it is tried out: reported, and never acted on
 * @param since when it began. One that has ended and come back has another beginning, and counts as
 *     new; null where only its presence counts
 */
public record Concern(
    String what, Response response, String reason, boolean shadow, @Nullable Instant since) {

  public Concern(String what, Response response, String reason) {
    this(what, response, reason, false, null);
  }

  /** Whether the launch stops its clock for it. */
  public boolean holds() {
    return !shadow && response.holds();
  }

  /** Such as {@code hold: error-rate above 0.02 for 2 min}, or the same in shadow. */
  @Override
  public String toString() {
    return shadow
        ? "would " + deed() + " (not acted on: shadow): " + reason
        : response + ": " + reason;
  }

  /** Whether it is the same as one of those and has gone on since. */
  public boolean goesOnFrom(Collection<Concern> before) {
    return before.stream()
        .anyMatch(known ->
            known.what.equals(what)
                && (since == null || known.since == null || since.equals(known.since)));
  }

  private String deed() {
    return switch (response) {
      case ROLLBACK -> "roll back";
      case ASK -> "ask";
      case HOLD -> "hold";
      case REPORT -> "report";
    };
  }
}
