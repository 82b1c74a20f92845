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
}
