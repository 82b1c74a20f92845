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
 */
public record WatchState(
    Map<String, Instant> breachedSince,
    Map<String, Instant> seenBreached,
    @Nullable JsonNode judge,
    @Nullable Toll toll,
    @Nullable Sign sign) {
  public static final WatchState EMPTY = new WatchState(Map.of(), Map.of());

  public WatchState {
    breachedSince = new TreeMap<>(breachedSince);
    // Null in what a version wrote that did not know it yet.
    seenBreached = new TreeMap<>(seenBreached == null ? breachedSince : seenBreached);
    judge = judge == null || judge.isNull() ? null : judge;
  }

  public WatchState(Map<String, Instant> breachedSince, Map<String, Instant> seenBreached) {
    this(breachedSince, seenBreached, null, null, null);
  }

  /** The same with other breaches. */
  public WatchState breached(Map<String, Instant> since, Map<String, Instant> seen) {
    return new WatchState(since, seen, judge, toll, sign);
  }

  /** The same with what the judge remembers now. */
  public WatchState judged(@Nullable JsonNode memory) {
    return new WatchState(breachedSince, seenBreached, memory, toll, sign);
  }

  /** The same with what was served until now, and the trouble that goes on. */
  public WatchState exposed(@Nullable Toll counted, @Nullable Sign trouble) {
    return new WatchState(breachedSince, seenBreached, judge, counted, trouble);
  }

  /** Only what the judge remembers: its evidence is about the whole ramp, breaches are not. */
  public WatchState ofJudge() {
    return EMPTY.judged(judge);
  }
}
