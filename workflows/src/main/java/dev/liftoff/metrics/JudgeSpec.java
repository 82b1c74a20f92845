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
 * @param batch how long counts are gathered before they are held against each other; {@code AUTO}
 *     chooses that too
 * @param minimumBake how long the candidate must have been compared before it may pass
 * @param maximumBake how long beyond its soak a step waits for the judge before a human is asked
 * @param groups the label that tells the pods of a slot apart
 * @param history how far back {@code AUTO} reads the baseline's counters
 * @param discard how long after the candidate's first traffic nothing is compared; limits are
 * @param share whether the requests served are held against the weight; only right for counters
 *     that count nothing but users, such as the proxy's
 * @param ceiling what fails without a comparison; null when nothing does
 */
public record JudgeSpec(
    String requests,
    String errors,
    @Nullable String durations,
    Vote vote,
    Duration batch,
    Duration minimumBake,
    Duration maximumBake,
    String groups,
    Duration history,
    Duration discard,
    boolean share,
    @Nullable Ceiling ceiling) {
  public static final String GROUPS = "instance";
  public static final Duration HISTORY = Duration.ofHours(24);

  /** A watch that an older worker asked for has none of the later ones. */
  public JudgeSpec {
    groups = groups == null ? GROUPS : groups;
    history = history == null ? HISTORY : history;
    discard = discard == null ? Duration.ZERO : discard;
  }

  /** Compares from the first request on, and nothing else. */
  public JudgeSpec(
      String requests,
      String errors,
      @Nullable String durations,
      Vote vote,
      Duration batch,
      Duration minimumBake,
      Duration maximumBake) {
    this(
        requests,
        errors,
        durations,
        vote,
        batch,
        minimumBake,
        maximumBake,
        GROUPS,
        HISTORY,
        Duration.ZERO,
        false,
        null);
  }

  /**
   * The candidate alone fails when it is certain that more requests fail than this, also where
   * there is no baseline to compare it with; judge.md 3.5.
   *
   * @param errors share of failed requests, above 0 and below 1
   * @param fewest requests that must have been seen before
   */
  public record Ceiling(double errors, long fewest) {}

  /** What counts as one vote against the candidate. */
  public enum Vote {
    /** What the baseline's own history shows to be right, else {@link #BATCH} of 60 s. */
    AUTO,
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
