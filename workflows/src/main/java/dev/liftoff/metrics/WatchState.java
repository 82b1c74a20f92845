package dev.liftoff.metrics;

import java.time.Instant;
import java.util.Map;

/**
 * What a watch must remember from one look to the next, across windows, crashes and workers.
 *
 * @param breachedSince for each limit that is breached now, in words, since when without a break
 */
public record WatchState(Map<String, Instant> breachedSince) {
  public static final WatchState EMPTY = new WatchState(Map.of());

  public WatchState {
    breachedSince = new java.util.TreeMap<>(breachedSince);
  }
}
