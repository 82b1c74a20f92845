package dev.liftoff.metrics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A trigger of the runbook: a metric of the candidate may not be above (or below) a value for
 * longer than a duration.
 *
 * @param above breached when the metric is greater; exactly one of above and below is set
 * @param below breached when the metric is smaller
 * @param lasting how long it must be breached without a break before the verdict is fail
 * @param minimumSamples requests in the query's window below which the metric says nothing
 */
public record Limit(
    Metric metric,
    @Nullable Double above,
    @Nullable Double below,
    Duration lasting,
    long minimumSamples) {
  public Limit {
    if ((above == null) == (below == null)) {
      throw new IllegalArgumentException("must have either above or below");
    }
  }

  public boolean breachedBy(double value) {
    return above != null ? value > above : below != null && value < below;
  }

  /** Such as {@code error-rate above 0.05 for PT2M}. */
  @Override
  public String toString() {
    return metric + (above != null ? " above " + above : " below " + below) + " for " + lasting;
  }
}
