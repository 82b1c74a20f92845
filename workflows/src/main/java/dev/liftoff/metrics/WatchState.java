package dev.liftoff.metrics;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a watch must remember from one look to the next, across windows, crashes and workers.
 *
 * @param breachedSince for each limit that is breached now, in words, since when without a break;
 *     moved forward by the time nobody could see
 * @param seenBreached for each of them, when that was last measured
 */
public record WatchState(Map<String, Instant> breachedSince, Map<String, Instant> seenBreached) {
  public static final WatchState EMPTY = new WatchState(Map.of(), Map.of());

  public WatchState {
    breachedSince = new TreeMap<>(breachedSince);
    // Null in what a version wrote that did not know it yet.
    seenBreached = new TreeMap<>(seenBreached == null ? breachedSince : seenBreached);
  }
}
