package dev.liftoff.metrics.watched;

import java.time.Duration;
import java.util.List;

/**
 * What is watched beside the limits.
 *
 * @param before how long before the launch a baseline is taken over, and how long the same time of
 *     earlier days is: an hour by the runbook
 */
public record WatchedSpec(Duration before, List<Thing> things) {
  public static final WatchedSpec NOTHING = new WatchedSpec(Duration.ofHours(1), List.of());

  public WatchedSpec {
    things = List.copyOf(things);
  }
}
