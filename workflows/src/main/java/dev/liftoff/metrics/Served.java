package dev.liftoff.metrics;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a slot has served since counting began, at least: what ended between two
 * scrapes of a series that is gone is not in it.
 *
 * @param counters the newest value of each series, by scrape target and series: what the next count
 *     is subtracted from
 * @param why in one sentence, why the last count saw nothing; null when it saw
 */
public record Served(
    long requests, Map<String, Map<String, Double>> counters, @Nullable String why) {
  public static final Served NOTHING = new Served(0, Map.of(), null);

  public Served {
    Map<String, Map<String, Double>> copy = new TreeMap<>();
    counters.forEach((target, series) -> copy.put(target, new TreeMap<>(series)));
    counters = copy;
  }

  /** The same, and why no more is known now. */
  public Served unseen(String reason) {
    return new Served(requests, counters, reason);
  }
}
