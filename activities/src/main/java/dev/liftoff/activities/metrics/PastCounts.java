package dev.liftoff.activities.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.activities.judge.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What raw counters grew by in each five seconds of the past: by group, and all together. Its size
 * does not depend on how many samples it takes. What a gap hides is counted after it, as a watch
 * does.
 */
final class PastCounts implements Consumer<JsonNode> {
  static final String TOGETHER = "";
  static final int SLOT_SECONDS = 5;

  private static final long SLOT = SLOT_SECONDS * 1000L;
  private static final int MOST_SERIES = 2_000;
  private static final int LONGEST_GAP = 300;
  private static final int[] STEPS = {5, 15, 30, 60, 120, 300};

  private final Instant start;
  private final int slots;
  private final String groupLabel;
  private final Set<String> apart;
  private final Function<Map<String, String>, String> part;
  private final Map<String, Newest> newest = new HashMap<>();
  private final Map<String, Long> targets = new HashMap<>();
  private final Map<String, Map<String, int[]>> counts = new TreeMap<>();
  private final int[] gaps = new int[LONGEST_GAP + 1];
  private int first = Integer.MAX_VALUE;

  private record Newest(long at, double value) {}

  /**
   * Counts from {@code start} on.
   *
   * @param apart the groups that are counted one by one too
   * @param part what a series counts, by its labels
   */
  PastCounts(
      Instant start,
      Duration length,
      String groupLabel,
      Collection<String> apart,
      Function<Map<String, String>, String> part) {
    this.start = start;
    this.slots = (int) (length.toSeconds() / SLOT_SECONDS);
    this.groupLabel = groupLabel;
    this.apart = Set.copyOf(apart);
    this.part = part;
  }

  /** Takes a series of the answer to a range selector; ranges must come in the order of time. */
  @Override
  public void accept(JsonNode series) {
    Map<String, String> labels = labels(series);
    String identity = Sorter.identity(labels);
    if (newest.size() >= MOST_SERIES && !newest.containsKey(identity)) {
      throw new IllegalStateException(
          "more than %d series; narrow them with more labels".formatted(MOST_SERIES));
    }
    String target = labels.getOrDefault("instance", "");
    String group = labels.getOrDefault(groupLabel, "");
    String counted = part.apply(labels);
    for (JsonNode sample : series.path("values")) {
      long at = Math.round(sample.path(0).asDouble() * 1000);
      double value = number(sample.path(1).asText());
      if (value >= 0 && Double.isFinite(value)) {
        see(target, group, counted, identity, at, value);
      }
    }
  }

  /** How long ago the first growth was that could be counted; zero when there was none. */
  Duration covered() {
    return Duration.ofSeconds((long) SLOT_SECONDS * Math.max(0, slots - first));
  }

  long sum(String one) {
    return Arrays.stream(counted(TOGETHER, one)).asLongStream().sum();
  }

  /** Failed requests among all. */
  Past failures(List<String> groups, Duration length) {
    return past(groups, length, (bad, good) -> bad + good, CounterWatch.BAD, CounterWatch.GOOD);
  }

  /** Requests slower than a boundary among all, which their buckets count. */
  Past slower(String boundary, List<String> groups, Duration length) {
    Past faster = past(groups, length, (_, all) -> all, boundary, CounterWatch.ALL);
    int[][] slow = new int[groups.size()][faster.steps()];
    for (int group = 0; group < slow.length; group++) {
      for (int step = 0; step < slow[group].length; step++) {
        int all = faster.requests()[group][step];
        slow[group][step] = Math.max(0, all - faster.bad()[group][step]);
      }
    }
    return new Past(faster.stepSeconds(), faster.requests(), slow);
  }

  private interface Both {
    int of(int part, int other);
  }

  private Past past(List<String> groups, Duration length, Both all, String part, String other) {
    int steps = Math.min(slots, (int) (length.toSeconds() / SLOT_SECONDS));
    int[][] requests = new int[groups.size()][steps];
    int[][] bad = new int[groups.size()][steps];
    for (int group = 0; group < groups.size(); group++) {
      int[] parts = counted(groups.get(group), part);
      int[] others = counted(groups.get(group), other);
      for (int step = 0; step < steps; step++) {
        int slot = slots - steps + step;
        bad[group][step] = parts[slot];
        requests[group][step] = all.of(parts[slot], others[slot]);
      }
    }
    return new Past(SLOT_SECONDS, requests, bad).in(stepSeconds());
  }

  /** The shortest batch into which the same number of scrapes always falls. */
  int stepSeconds() {
    int usual = 1;
    for (int seconds = 1; seconds <= LONGEST_GAP; seconds++) {
      usual = gaps[seconds] > gaps[usual] ? seconds : usual;
    }
    int scrape = usual;
    return Arrays.stream(STEPS)
        .filter(step -> step % scrape == 0)
        .findFirst()
        .orElseGet(() ->
            Arrays.stream(STEPS)
                .filter(step -> step >= 4 * scrape)
                .findFirst()
                .orElse(LONGEST_GAP));
  }

  private void see(
      String target, String group, String counted, String identity, long at, double value) {
    Newest before = newest.get(identity);
    if (before != null && at <= before.at()) {
      return;
    }
    long seenFirst = targets.computeIfAbsent(target, _ -> at);
    newest.put(identity, new Newest(at, value));
    if (before == null && seenFirst >= at) {
      return;
    }
    if (before != null) {
      gaps[(int) Math.min(LONGEST_GAP, Math.round((at - before.at()) / 1000.0))]++;
    }
    int grown = (int) Math.round(grown(before, value));
    int slot = slot(seenFirst, at);
    if (slot >= 0 && slot < slots) {
      first = Math.min(first, slot);
      add(TOGETHER, counted, slot, grown);
      if (apart.contains(group)) {
        add(group, counted, slot, grown);
      }
    }
  }

  /** A series that is new on a known target began at 0, and so did one that went down. */
  private static double grown(@Nullable Newest before, double value) {
    return before == null || value < before.value() ? value : value - before.value();
  }

  /**
   * Counted from the target's first scrape, so that scrapes never change places by milliseconds.
   */
  private int slot(long seenFirst, long at) {
    long begin = Math.floorDiv(seenFirst - start.toEpochMilli(), SLOT);
    return (int) (begin + Math.round((at - seenFirst) / (double) SLOT));
  }

  private void add(String group, String counted, int slot, int grown) {
    counts.computeIfAbsent(group, _ -> new TreeMap<>())
            .computeIfAbsent(counted, _ -> new int[slots])[slot] +=
        grown;
  }

  private int[] counted(String group, String counted) {
    int[] known = counts.getOrDefault(group, Map.of()).get(counted);
    return known == null ? new int[slots] : known;
  }

  static Map<String, String> labels(JsonNode series) {
    Map<String, String> labels = new TreeMap<>();
    series
        .path("metric")
        .propertyStream()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException infinity) {
      return Double.NaN;
    }
  }
}
