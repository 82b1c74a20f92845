package dev.liftoff.activities.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.SlotSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Raw counters of one slot in the past, read an hour at a time. */
final class History {
  private static final Duration CHUNK = Duration.ofHours(1);

  private final Prometheus prometheus;
  private final Slot slot;
  private final Instant end;

  /** What could not be read, in one sentence. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String why) {
      super(why);
    }
  }

  private History(Prometheus prometheus, Slot slot, Instant end) {
    this.prometheus = prometheus;
    this.slot = slot;
    this.end = end;
  }

  /** Ends now, by the clock of Prometheus: that of the worker may be another. */
  static History of(Prometheus prometheus, Slot slot) throws Unreadable {
    Answer now = prometheus.ask("time()");
    Instant end = now.at();
    if (end == null) {
      throw new Unreadable(
          now instanceof Answer.Refused(String why) ? why : "prometheus does not know the time");
    }
    return new History(prometheus, slot, Instant.ofEpochSecond(end.getEpochSecond()));
  }

  /** The groups that had samples so long ago. */
  Set<String> groups(SlotSelector counter, String label, Duration ago, Duration within)
      throws Unreadable {
    Set<String> groups = new TreeSet<>();
    read(
        counter,
        end.minus(ago),
        within,
        series -> groups.add(PastCounts.labels(series).getOrDefault(label, "")));
    return groups;
  }

  /** The start of a history of this length. */
  Instant start(Duration length) {
    return end.minus(length);
  }

  /** Hands over all samples, in the order of time. */
  void read(SlotSelector counter, Duration length, Consumer<JsonNode> counts) throws Unreadable {
    Instant from = start(length);
    while (from.isBefore(end)) {
      Instant to = from.plus(CHUNK).isBefore(end) ? from.plus(CHUNK) : end;
      read(counter, to, Duration.between(from, to), counts);
      from = to;
    }
  }

  private void read(SlotSelector counter, Instant at, Duration range, Consumer<JsonNode> series)
      throws Unreadable {
    String selector = "%s[%dms]".formatted(counter.of(slot), range.toMillis());
    try {
      @Nullable String why = prometheus.each(selector, at, series);
      if (why != null) {
        throw new Unreadable(why);
      }
    } catch (IllegalStateException tooMany) {
      throw new Unreadable(String.valueOf(tooMany.getMessage()));
    }
  }
}
