package dev.liftoff.activities.metrics;

import dev.liftoff.container.Slot;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How much counters grew between two looks.
 *
 * @param counts by slot, target and part, such as a bucket
 */
record Increase(Map<Slot, Map<String, Map<String, Double>>> counts) {
  static final Increase NONE = new Increase(Map.of());

  Increase plus(Slot slot, String target, String part, double more) {
    Map<Slot, Map<String, Map<String, Double>>> sum = new TreeMap<>(counts);
    Map<String, Map<String, Double>> targets = new TreeMap<>(sum.getOrDefault(slot, Map.of()));
    Map<String, Double> parts = new TreeMap<>(targets.getOrDefault(target, Map.of()));
    parts.merge(part, more, Double::sum);
    targets.put(target, parts);
    sum.put(slot, targets);
    return new Increase(sum);
  }

  Set<String> targets(Slot slot) {
    return counts.getOrDefault(slot, Map.of()).keySet();
  }

  /** One part, over all targets of the slot. */
  double of(Slot slot, String part) {
    return targets(slot).stream().mapToDouble(target -> of(slot, target, part)).sum();
  }

  double of(Slot slot, String target, String part) {
    return counts
        .getOrDefault(slot, Map.of())
        .getOrDefault(target, Map.of())
        .getOrDefault(part, 0.0);
  }

  /** The same question to each target of the slot; empty where there is only one. */
  <T> Map<String, T> byTarget(Slot slot, Function<String, T> question) {
    Map<String, T> answers = new TreeMap<>();
    if (targets(slot).size() > 1) {
      targets(slot).forEach(target -> answers.put(target, question.apply(target)));
    }
    return answers;
  }
}
