package dev.liftoff.metrics.watched;

import dev.liftoff.metrics.MetricsSpec;
import java.time.Duration;
import java.util.List;

/**
 * What is watched beside the limits.
 *
 * @param before how long before the launch a baseline is taken over, and how long the same time of
 *     earlier days is: an hour by the runbook
 */
public record WatchedSpec(Duration before, List<Thing> things) {
  public WatchedSpec {
    things = List.copyOf(things);
  }

  /** That of the plan's metrics; watches nothing where there is none. */
  public static WatchedSpec of(MetricsSpec metrics) {
    return metrics.watched() == null
        ? new WatchedSpec(Duration.ofHours(1), List.of())
        : metrics.watched();
  }
}
