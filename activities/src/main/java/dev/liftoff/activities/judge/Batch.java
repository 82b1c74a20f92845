package dev.liftoff.activities.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What was counted between two scrapes.
 *
 * <p>Any partition of time into batches is valid: a crash or a gap makes one longer batch.
 *
 * @param start the scrape before
 * @param end the scrape that the counts come from
 * @param trials by the name of the question or limit; what could not be measured is left out, never
 *     zero
 * @param candidateShare requests of the candidate among all requests of both sides; null when that
 *     was not measured
 */
public record Batch(
    Instant start,
    Instant end,
    Map<String, Trial> trials,
    @org.jspecify.annotations.Nullable Arm candidateShare) {
  public Batch {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("a batch ends after it starts, not %s".formatted(end));
    }
    trials = Map.copyOf(trials);
  }

  public Batch(Instant start, Instant end, Map<String, Trial> trials) {
    this(start, end, trials, null);
  }

  double seconds() {
    return Duration.between(start, end).toMillis() / 1000.0;
  }
}
