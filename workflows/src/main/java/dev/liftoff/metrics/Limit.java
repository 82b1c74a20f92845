package dev.liftoff.metrics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A trigger of the runbook: a metric of the candidate may not be above (or below) a value for
 * longer than a duration.
 *
 * @param above breached when the metric is greater; exactly one of above and below is set
 * @param below breached when the metric is smaller
 * @param lasting how long it must be breached without a break before something follows
 * @param minimumSamples requests in the query's window below which the metric says nothing
 * @param then what follows
 * @param shadow it is tried out: what would follow is reported, and does not follow
 */
public record Limit(
    Metric metric,
    @Nullable Double above,
    @Nullable Double below,
    Duration lasting,
    long minimumSamples,
    Response then,
    boolean shadow) {
  public Limit {
    if ((above == null) == (below == null)) {
      throw new IllegalArgumentException("must have either above or below");
    }
    // Null in what a version wrote that knew no other.
    then = then == null ? Response.ROLLBACK : then;
  }

  /** One that rolls back. */
  public Limit(
      Metric metric,
      @Nullable Double above,
      @Nullable Double below,
      Duration lasting,
      long minimumSamples) {
    this(metric, above, below, lasting, minimumSamples, Response.ROLLBACK, false);
  }

  public Limit then(Response other) {
    return new Limit(metric, above, below, lasting, minimumSamples, other, shadow);
  }

  public Limit inShadow() {
    return new Limit(metric, above, below, lasting, minimumSamples, then, true);
  }

  public boolean breachedBy(double value) {
    return above != null ? value > above : below != null && value < below;
  }

  /** Whether the launch goes back when it is breached. */
  public boolean rollsBack() {
    return !shadow && then == Response.ROLLBACK;
  }

  /** Whether the launch goes back or stops its clock when it is breached. */
  public boolean acts() {
    return rollsBack() || holds();
  }

  /** Whether the launch stops its clock when it is breached. */
  public boolean holds() {
    return !shadow && then.holds();
  }

  /** Such as {@code error-rate above 0.05}. */
  public String bound() {
    return metric + (above != null ? " above " + above : " below " + below);
  }

  /** Such as {@code error-rate above 0.05 for PT2M}; names it among the limits of a plan. */
  @Override
  public String toString() {
    return bound() + " for " + lasting;
  }
}
