package dev.liftoff.metrics;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.watched.LookBack;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One window of watching the candidate.
 *
 * @param length how long to watch; a fail ends it early, and so does a concern that is new
 * @param state what the window before remembered
 * @param weight the candidate's share of the traffic; null when that is not known
 * @param lookBack what the watched things are held against at the end of the window; null when they
 *     are not
 * @param calm the pause between two looks while all is well; null for the interval of the spec
 * @param held whether the launch is held already: then a concern that comes back is no news
 * @param interim how often a long window ends early where something has changed that only its end
 *     would tell, see {@link Interim}; null for never
 */
public record Watch(
    Slot candidate,
    Duration length,
    MetricsSpec spec,
    WatchState state,
    @Nullable Weight weight,
    @Nullable LookBack lookBack,
    @Nullable Duration calm,
    boolean held,
    @Nullable Duration interim) {

  public Watch(
      Slot candidate,
      Duration length,
      MetricsSpec spec,
      WatchState state,
      @Nullable Weight weight,
      @Nullable LookBack lookBack,
      @Nullable Duration calm,
      boolean held) {
    this(candidate, length, spec, state, weight, lookBack, calm, held, null);
  }

  public Watch(
      Slot candidate,
      Duration length,
      MetricsSpec spec,
      WatchState state,
      @Nullable Weight weight) {
    this(candidate, length, spec, state, weight, null);
  }

  public Watch(
      Slot candidate,
      Duration length,
      MetricsSpec spec,
      WatchState state,
      @Nullable Weight weight,
      @Nullable LookBack lookBack) {
    this(candidate, length, spec, state, weight, lookBack, null, false);
  }

  public Watch(Slot candidate, Duration length, MetricsSpec spec, WatchState state) {
    this(candidate, length, spec, state, null);
  }

  /** The pause between two looks while all is well. */
  public Duration pace() {
    return calm == null ? spec.interval() : calm;
  }

  /** Whether a judge is declared that has something to compare the candidate with. */
  public boolean compares() {
    return spec.judge() != null && !Weight.ALL.equals(weight);
  }

  /** What a judge says that has not; null when none is declared, or it compares. */
  public @Nullable String noControl() {
    return spec.judge() == null || compares()
        ? null
        : "the judge has no control, since the baseline gets no traffic: the limits decide";
  }
}
