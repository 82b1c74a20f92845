package dev.liftoff.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a watch must remember from one look to the next, across windows, crashes and workers.
 *
 * @param breachedSince for each limit that is breached now, in words, since when without a break;
 *     moved forward by the time nobody could see
 * @param seenBreached for each of them, when that was last measured
 * @param judge what the judge remembers; nobody else reads it. Null where none compares
 * @param toll what the candidate has served; null where nothing counts it
 * @param sign the first look of trouble that goes on; null while there is none
 * @param began for each limit that is breached now, when that was first seen; never moved
 * @param told for each limit that a report has named as a concern, the beginning of the breach it
 *     was named for last, be it over or not
 */
public record WatchState(
    Map<String, Instant> breachedSince,
    Map<String, Instant> seenBreached,
    @Nullable JsonNode judge,
    @Nullable Toll toll,
    @Nullable Sign sign,
    Map<String, Instant> began,
    Map<String, Instant> told) {
  public static final WatchState EMPTY = new WatchState(Map.of(), Map.of());

  public WatchState {
    breachedSince = new TreeMap<>(breachedSince);
    // Null in what a version wrote that did not know it yet.
    seenBreached = new TreeMap<>(seenBreached == null ? breachedSince : seenBreached);
    began = new TreeMap<>(began == null ? breachedSince : began);
    told = new TreeMap<>(told == null ? Map.of() : told);
    judge = judge == null || judge.isNull() ? null : judge;
  }

  public WatchState(Map<String, Instant> breachedSince, Map<String, Instant> seenBreached) {
    this(breachedSince, seenBreached, null, null, null, breachedSince, Map.of());
  }

  /** The same with other breaches. */
  WatchState breached(
      Map<String, Instant> since, Map<String, Instant> seen, Map<String, Instant> first) {
    return new WatchState(since, seen, judge, toll, sign, first, told);
  }

  /** The same with what the judge remembers now. */
  public WatchState judged(@Nullable JsonNode memory) {
    return new WatchState(breachedSince, seenBreached, memory, toll, sign, began, told);
  }

  /** The same with what was served until now, and the trouble that goes on. */
  public WatchState exposed(@Nullable Toll counted, @Nullable Sign trouble) {
    return new WatchState(breachedSince, seenBreached, judge, counted, trouble, began, told);
  }

  /** The same with those concerns named. */
  WatchState telling(Map<String, Instant> named) {
    Map<String, Instant> all = new TreeMap<>(told);
    all.putAll(named);
    return new WatchState(breachedSince, seenBreached, judge, toll, sign, began, all);
  }

  /**
   * What goes on into the next step: the judge's evidence is about the whole ramp, and who has
   * decided about a concern is not asked again. Every other breach begins anew.
   */
  public WatchState carried() {
    return new WatchState(
        known(breachedSince), known(seenBreached), judge, null, null, known(began), told);
  }

  private Map<String, Instant> known(Map<String, Instant> of) {
    Map<String, Instant> kept = new TreeMap<>(of);
    kept.keySet().removeIf(limit -> !told.containsKey(limit));
    return kept;
  }
}
