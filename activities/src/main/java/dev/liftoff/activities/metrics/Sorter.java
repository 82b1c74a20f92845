package dev.liftoff.activities.metrics;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.SlotSelector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says of each series of an answer whose it is and what it counts.
 *
 * @param groups the label that tells pods apart
 * @param part what the increase of a series with these labels is added to
 */
record Sorter(SlotSelector selector, String groups, Function<Map<String, String>, String> part) {
  private static final String TARGET = "instance";
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  Sorter(SlotSelector selector, Function<Map<String, String>, String> part) {
    this(selector, TARGET, part);
  }

  /**
   * A whole answer, or none.
   *
   * @param wrong why it cannot be believed; null when it can
   */
  record Sorted(List<Counters.Series> series, @Nullable String wrong) {}

  Sorted sorted(List<Answer.Sample> samples) {
    List<Counters.Series> series = new ArrayList<>();
    for (Answer.Sample sample : samples) {
      Slot slot = slot(sample.labels());
      double value = number(sample.value());
      if (!(value >= 0) || Double.isInfinite(value)) {
        return new Sorted(
            List.of(),
            "%s is %s, which no counter is".formatted(selector.metric(), sample.value()));
      }
      if (slot != null) {
        series.add(
            new Counters.Series(
                slot,
                slot.word() + " " + sample.labels().getOrDefault(TARGET, ""),
                slot.word() + " " + sample.labels().getOrDefault(groups, ""),
                identity(sample.labels()),
                part.apply(sample.labels()),
                sample.at(),
                value));
      }
    }
    return new Sorted(series, null);
  }

  String silent(Slot slot) {
    return "no fresh sample of " + selector.of(slot);
  }

  private @Nullable Slot slot(Map<String, String> labels) {
    String value = labels.getOrDefault(selector.slot().label(), "");
    for (Slot slot : Slot.values()) {
      if (selector.valueOf(slot).equals(value)) {
        return slot;
      }
    }
    return null;
  }

  /** Short, because it is kept for every series; 64 bits tell a few hundred apart. */
  static String identity(Map<String, String> labels) {
    long hash = FNV_OFFSET;
    for (byte one : new TreeMap<>(labels).toString().getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * FNV_PRIME;
    }
    return Long.toHexString(hash);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException infinity) {
      return Double.NaN;
    }
  }
}
