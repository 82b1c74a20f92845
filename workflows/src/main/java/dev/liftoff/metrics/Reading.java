package dev.liftoff.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one slot at one time.
 *
 * @param value null when there is no data
 * @param limit the name of the trigger it was held against; null when none applies
 * @param samples requests behind the value
 * @param asOf when it was measured
 * @param why in one sentence, why there is no data; null when there is
 */
public record Reading(
    Metric metric,
    @Nullable Double value,
    @Nullable String limit,
    State state,
    long samples,
    Instant asOf,
    @Nullable String why) {
  /** The limit as people read it. */
  public String limitSentence() {
    return limit == null ? "none" : Limit.sentence(limit);
  }

  /**
   * Within its limit, beyond it (but perhaps not yet for long enough), or not measured, which is
   * never within.
   */
  public enum State {
    OK,
    BREACH,
    NO_DATA
  }
}
