package dev.liftoff.activities.metrics;

import dev.liftoff.metrics.WatchState;
import java.time.Duration;

/**
 * How far a watch is: what it heartbeats, so that the next attempt goes on there.
 *
 * @param elapsed how much of the window is over
 */
public record WatchProgress(int looks, int blindLooks, WatchState state, Duration elapsed) {

  static WatchProgress before(WatchState state) {
    return new WatchProgress(0, 0, state, Duration.ZERO);
  }
}
