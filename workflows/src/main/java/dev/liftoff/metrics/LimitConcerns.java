package dev.liftoff.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Limits that are breached for as long as it takes and do not roll back. A limit that holds speaks
 * for the milder ones of the same metric; one that is not measured now goes on, for silence is no
 * recovery.
 */
record LimitConcerns(List<Limit> limits, WatchState state, LimitWords words) {

  List<Concern> all() {
    return spoken().map(this::concern).toList();
  }

  /** The beginning of each. */
  Map<String, Instant> named() {
    Map<String, Instant> named = new TreeMap<>();
    spoken().forEach(limit -> named.put(limit.toString(), began(limit)));
    return named;
  }

  boolean news(boolean held) {
    return spoken().anyMatch(limit -> isNews(limit, held));
  }

  /**
   * What flaps must not fill the history: what is only reported ends a window the first time alone,
   * and what comes back while the launch is held has stopped its clock already.
   */
  private boolean isNews(Limit limit, boolean held) {
    Instant told = state.told().get(limit.toString());
    return told == null || (limit.holds() && !held && !told.equals(began(limit)));
  }

  private Stream<Limit> spoken() {
    List<Limit> lasting =
        limits.stream().filter(limit -> !limit.rollsBack()).filter(this::lasts).toList();
    return lasting.stream()
        .filter(limit ->
            limit.acts()
                || limit.shadow()
                || lasting.stream()
                    .noneMatch(other -> other.metric() == limit.metric() && other.holds()));
  }

  private boolean lasts(Limit limit) {
    Instant since = state.breachedSince().get(limit.toString());
    Instant seen = state.seenBreached().get(limit.toString());
    return since != null
        && seen != null
        && Duration.between(since, seen).compareTo(limit.lasting()) >= 0;
  }

  private Concern concern(Limit limit) {
    return new Concern(
        limit.sentence(), limit.then(), words.breached(limit), limit.shadow(), began(limit));
  }

  private Instant began(Limit limit) {
    return state.began().getOrDefault(limit.toString(), Instant.EPOCH);
  }
}
