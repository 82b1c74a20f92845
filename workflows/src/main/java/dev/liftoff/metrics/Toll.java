package dev.liftoff.metrics;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a slot has served since its counting began, from its raw counters: what is added at each
 * reading is the difference to the reading before, so that a gap costs nothing.
 *
 * @param exact false once something could not be counted: a counter that started again took with it
 *     what it had counted since its last scrape
 * @param since the scrape at which counting began
 * @param asOf the newest scrape that is counted
 * @param badAfter the last scrape before the first failed request; null while none failed
 * @param badUntil the scrape that knew of the first failed request; null while none failed
 * @param counters by target, what the next reading is subtracted from
 */
public record Toll(
    long requests,
    long failed,
    boolean exact,
    Instant since,
    Instant asOf,
    @Nullable Instant badAfter,
    @Nullable Instant badUntil,
    Map<String, Counter> counters) {

  /** All requests of one target since it started, and how many of them failed. */
  public record Counter(long requests, long failed) {
    private static final Counter ZERO = new Counter(0, 0);

    /** The sum, for a target whose counter has a series for each kind of answer. */
    public Counter plus(Counter other) {
      return new Counter(requests + other.requests, failed + other.failed);
    }

    private Counter minus(Counter before) {
      return new Counter(requests - before.requests, failed - before.failed);
    }

    private boolean startedAgainAfter(Counter before) {
      return requests < before.requests || failed < before.failed;
    }
  }

  public Toll {
    counters = new TreeMap<>(counters);
  }

  /**
   * Counting begins here.
   *
   * @param exact whether nobody was served before
   */
  public static Toll from(Instant scrape, Map<String, Counter> counters, boolean exact) {
    return new Toll(0, 0, exact, scrape, scrape, null, null, counters);
  }

  /**
   * Counts one more reading; one that is no newer changes nothing.
   *
   * <p>A target that was not there before began at 0, as did one whose counter went down.
   */
  public Toll at(Instant scrape, Map<String, Counter> now) {
    if (!scrape.isAfter(asOf)) {
      return this;
    }
    Counter grown = Counter.ZERO;
    boolean sure = exact;
    for (Map.Entry<String, Counter> target : now.entrySet()) {
      Counter before = counters.getOrDefault(target.getKey(), Counter.ZERO);
      boolean again = target.getValue().startedAgainAfter(before);
      sure &= !again && counters.containsKey(target.getKey());
      grown = grown.plus(again ? target.getValue() : target.getValue().minus(before));
    }
    boolean first = badUntil == null && grown.failed() > 0;
    return new Toll(
        requests + grown.requests(),
        failed + grown.failed(),
        sure,
        since,
        scrape,
        first ? asOf : badAfter,
        first ? scrape : badUntil,
        with(now));
  }

  private Map<String, Counter> with(Map<String, Counter> now) {
    Map<String, Counter> all = new TreeMap<>(counters);
    all.putAll(now);
    return all;
  }
}
