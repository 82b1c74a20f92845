package dev.liftoff.metrics;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern NAME =
      Pattern.compile("(.*) for (PT(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)");

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

  /** Such as {@code error-rate above 0.05 for 2 min}. */
  public String sentence() {
    return bound() + " for " + LimitWords.words(lasting);
  }

  /** The {@link #sentence} of the limit with this name; what is no name stays as it is. */
  static String sentence(String name) {
    Matcher named = NAME.matcher(name);
    return named.matches()
        ? named.group(1) + " for " + LimitWords.words(Duration.parse(named.group(2)))
        : name;
  }

  /**
   * Such as {@code error-rate above 0.05 for PT2M}: its name among the limits of a plan, which is
   * in the histories of launches and so never changes. People read {@link #sentence}.
   */
  @Override
  public String toString() {
    return bound() + " for " + lasting;
  }
}
