package dev.liftoff.metrics;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Slot;
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
}
