package dev.liftoff.metrics;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.watched.Baselines;
import dev.liftoff.metrics.watched.LookBack;
import dev.liftoff.metrics.watched.Watched;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The monitoring system. Changes nothing; each method may be repeated. */
@ActivityInterface(namePrefix = "Metrics")
public interface Metrics {

  /**
   * All metrics of a slot now, each held against its limit. What cannot be measured is {@code
   * NO_DATA}.
   */
  List<Reading> read(LaunchId launch, MetricsSpec spec, Slot slot);

  /**
   * Learns from the baseline's history, before traffic moves, how the judge should count. What
   * cannot be learned makes it cautious and says why; it is never a failure.
   *
   * @param baseline the slot that serves
   */
  Calibrated calibrate(LaunchId launch, MetricsSpec spec, Slot baseline);

  /**
   * Watches the candidate for a window, heartbeating; a retry goes on where the last heartbeat was.
   * The statistical judge will answer here too: whoever calls this knows only the verdict.
   */
  WatchReport watch(LaunchId launch, Watch watch);

  /**
   * How many requests a slot has served, going on from the count before; the first one only begins.
   * A counter that went down has started again at 0, and a series that is new on a known target
   * began there. A count that sees nothing answers what was known and why, and the next one covers
   * the gap.
   */
  Served served(LaunchId launch, Count count);

  /**
   * What the watched things were before traffic moves: the mean of {@code watched.before}, or the
   * trend, while this slot has all traffic. What cannot be measured is so with its reason.
   */
  Baselines baselines(LaunchId launch, MetricsSpec spec, Slot serving);

  /**
   * How the watched things are now, beside their baselines and the same hour of earlier days, in
   * the order of the plan. Nothing that is not measured is OK, and nothing here is a verdict: what
   * follows a breach is the thing's {@link Response}.
   */
  List<Watched> compare(LaunchId launch, MetricsSpec spec, LookBack look);

  /**
   * Counts what a slot has served, by the counters of the judge. Waits for the scrape that is asked
   * for, but not longer than asked; what cannot be counted is said, never guessed.
   */
  Counted toll(LaunchId launch, MetricsSpec spec, Slot slot, Counting counting);
}
