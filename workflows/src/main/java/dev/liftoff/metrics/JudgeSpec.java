package dev.liftoff.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the candidate is compared with the baseline by: counters of both slots, read raw.
 *
 * @param requests the counter of all requests, a {@link SlotSelector}
 * @param errors which of its series count failed requests, a {@link LabelMatcher}
 * @param durations buckets of a histogram of the same requests, a {@link SlotSelector}; null when
 *     latency is not compared
 * @param vote what is one vote against the candidate
 * @param batch how long counts are gathered before they are held against each other
 * @param minimumBake how long the candidate must have been compared before it may pass
 * @param maximumBake how long beyond its soak a step waits for the judge before a human is asked
 */
public record JudgeSpec(
    String requests,
    String errors,
    @Nullable String durations,
    Vote vote,
    Duration batch,
    Duration minimumBake,
    Duration maximumBake) {

  /** What counts as one vote against the candidate. */
  public enum Vote {
    /** One failed request: the fastest, and right only where failures come one by one. */
    ERROR,
    /** One batch: failures may come in clumps, such as retries of one client. */
    BATCH;

    @JsonValue
    public String word() {
      return Word.of(this);
    }

    @JsonCreator
    public static Vote of(String word) {
      return Word.read(Vote.class, word);
    }
  }
}
