package dev.liftoff.activities.metrics;

import dev.liftoff.container.Slot;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of every series of one counter: what the next look is subtracted from. Nothing
 * is forgotten in a gap, so the look after it covers it.
 *
 * @param values by target, then by series
 * @param newest the newest sample of each slot
 */
record Counters(Map<String, Map<String, Double>> values, Map<Slot, Instant> newest) {
  static final Counters NONE = new Counters(Map.of(), Map.of());

  // What is carried in every heartbeat and every window of the history must stay small.
  private static final int MOST_SERIES = 500;

  Counters {
    Map<String, Map<String, Double>> copy = new TreeMap<>();
    values.forEach((target, series) -> copy.put(target, new TreeMap<>(series)));
    values = copy;
    newest = new TreeMap<>(newest);
  }

  /** What a look adds to what is known. */
  sealed interface Step {
    /** Nothing that could be believed. */
    record Gap(String why) implements Step {}

    /** No new scrape of both slots yet. */
    record Waiting() implements Step {}

    /** Something to subtract from, next time. */
    record First(Counters now) implements Step {}

    /** What was counted since. */
    record Moved(Counters now, Increase increase) implements Step {}
  }

  /** One series of the answer: whose it is, and what its increase is added to. */
  record Series(
      Slot slot,
      String target,
      String group,
      String identity,
      String part,
      Instant at,
      double value) {}

  Step after(Answer answer, Sorter sorter) {
    return after(answer, sorter, EnumSet.allOf(Slot.class));
  }

  /**
   * Counts on.
   *
   * @param needed the slots without which it is a gap
   */
  Step after(Answer answer, Sorter sorter, Set<Slot> needed) {
    return switch (answer) {
      case Answer.Refused(String why) -> new Step.Gap(why);
      case Answer.Vector _ -> new Step.Gap("prometheus answered numbers instead of counters");
      case Answer.Matrix(List<Answer.Sample> samples) when samples.size() > MOST_SERIES ->
          new Step.Gap(
              "%d series are more than %d; narrow them with more labels"
                  .formatted(samples.size(), MOST_SERIES));
      case Answer.Matrix(List<Answer.Sample> samples) ->
          after(sorter.sorted(samples), sorter, needed);
    };
  }

  private Step after(Sorter.Sorted sorted, Sorter sorter, Set<Slot> needed) {
    if (sorted.wrong() != null) {
      return new Step.Gap(sorted.wrong());
    }
    Map<Slot, Instant> times = times(sorted.series());
    for (Slot slot : needed) {
      if (!times.containsKey(slot)) {
        return new Step.Gap(sorter.silent(slot));
      }
    }
    if (newest.isEmpty()) {
      return new Step.First(with(sorted.series(), times));
    }
    return isOlder(times, needed) ? moved(sorted.series(), times) : new Step.Waiting();
  }

  /** The newest of all. */
  @Nullable Instant at() {
    return newest.values().stream().max(Instant::compareTo).orElse(null);
  }

  private Step moved(List<Series> series, Map<Slot, Instant> times) {
    Increase increase = Increase.NONE;
    for (Series one : series) {
      increase = increase.plus(one.slot(), one.group(), one.part(), grown(one));
    }
    return new Step.Moved(with(series, times), increase);
  }

  /**
   * A counter that went down has started again at 0. A series that is new on a known target began
   * at 0 too, such as that of the first failure. A target that is new may have counted long before
   * it could be seen, so its first scrape is only where it starts.
   */
  private double grown(Series one) {
    Map<String, Double> known = values.get(one.target());
    if (known == null) {
      return 0;
    }
    double before = known.getOrDefault(one.identity(), 0.0);
    return one.value() < before ? one.value() : one.value() - before;
  }

  private Counters with(List<Series> series, Map<Slot, Instant> times) {
    Map<String, Map<String, Double>> next = new TreeMap<>();
    values.forEach((target, known) -> next.put(target, new TreeMap<>(known)));
    for (Series one : series) {
      next.computeIfAbsent(one.target(), _ -> new TreeMap<>()).put(one.identity(), one.value());
    }
    return new Counters(next, times);
  }

  private boolean isOlder(Map<Slot, Instant> times, Set<Slot> needed) {
    return needed.stream()
        .allMatch(slot ->
            newest.getOrDefault(slot, Instant.MIN).isBefore(times.getOrDefault(slot, Instant.MIN)));
  }

  private static Map<Slot, Instant> times(List<Series> series) {
    Map<Slot, Instant> times = new TreeMap<>();
    series.forEach(one -> times.merge(one.slot(), one.at(), (a, b) -> a.isAfter(b) ? a : b));
    return times;
  }
}
