package dev.liftoff.activities.judge;

import java.util.Map;
import java.util.TreeMap;

/**
 * How much each side served in the batch before, for a rank compares only equals, and what is equal
 * must be known before the batch.
 *
 * @param candidate requests of the candidate in the batch before
 * @param groups requests of each group in it
 * @param seconds how long it was; 0 before the first
 */
public record Exposure(long candidate, Map<String, Long> groups, double seconds) {
  public static final Exposure UNKNOWN = new Exposure(0, Map.of(), 0);

  private static final double LEAST = 0.8;
  private static final double MOST = 1.25;

  public Exposure {
    groups = groups == null ? Map.of() : new TreeMap<>(groups);
  }

  static Exposure of(Trial trial, double seconds) {
    Map<String, Long> groups = new TreeMap<>();
    trial.groups().forEach((name, arm) -> groups.put(name, arm.requests()));
    return new Exposure(trial.candidate().requests(), groups, seconds);
  }

  /** Whether a group that served {@code requests} is the equal of one that served {@code of}. */
  public static boolean equal(double requests, double of) {
    return of > 0 && requests >= LEAST * of && requests <= MOST * of;
  }

  Tally tally(Trial trial, double length) {
    Tally tally = new Tally();
    tally.seconds = length;
    tally.requests = trial.candidate().requests();
    tally.bad = trial.candidate().bad();
    tally.baselineRequests = trial.baseline().requests();
    tally.baselineBad = trial.baseline().bad();
    tally.expected = seconds > 0 ? candidate * length / seconds : 0;
    tally.groups =
        trial.groups().entrySet().stream()
            .filter(group ->
                equal((double) groups.getOrDefault(group.getKey(), 0L), (double) candidate))
            .mapToDouble(group -> group.getValue().bad())
            .toArray();
    tally.fair = tally.groups.length;
    return tally;
  }
}
