package dev.liftoff.activities.metrics;

import dev.liftoff.container.Slot;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How much counters grew between two looks.
 *
 * @param counts by slot, group and part, such as a bucket
 */
record Increase(Map<Slot, Map<String, Map<String, Double>>> counts) {
  static final Increase NONE = new Increase(Map.of());

  Increase plus(Slot slot, String group, String part, double more) {
    Map<Slot, Map<String, Map<String, Double>>> sum = new TreeMap<>(counts);
    Map<String, Map<String, Double>> byGroup = new TreeMap<>(sum.getOrDefault(slot, Map.of()));
    Map<String, Double> parts = new TreeMap<>(byGroup.getOrDefault(group, Map.of()));
    parts.merge(part, more, Double::sum);
    byGroup.put(group, parts);
    sum.put(slot, byGroup);
    return new Increase(sum);
  }

  Set<String> groups(Slot slot) {
    return counts.getOrDefault(slot, Map.of()).keySet();
  }

  /** One part, over all groups of the slot. */
  double of(Slot slot, String part) {
    return groups(slot).stream().mapToDouble(group -> of(slot, group, part)).sum();
  }

  double of(Slot slot, String group, String part) {
    return counts
        .getOrDefault(slot, Map.of())
        .getOrDefault(group, Map.of())
        .getOrDefault(part, 0.0);
  }

  /** The same question to each group of the slot; empty where there is only one. */
  <T> Map<String, T> byGroup(Slot slot, Function<String, T> question) {
    Map<String, T> answers = new TreeMap<>();
    if (groups(slot).size() > 1) {
      groups(slot).forEach(group -> answers.put(group, question.apply(group)));
    }
    return answers;
  }
}
