package dev.liftoff.activities.metrics;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Counted;
import dev.liftoff.metrics.Counting;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.LabelMatcher;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.SlotSelector;
import dev.liftoff.metrics.Toll;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one slot has toll, by the raw counters that the judge compares, also where he has
 * nobody to compare with.
 */
final class TollEyes {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Prometheus prometheus;
  private final SlotSelector requests;
  private final LabelMatcher errors;
  private final Slot slot;
  private final Duration staleAfter;

  /** Lets time pass. */
  interface Pause {
    void of(Duration duration);
  }

  private record Seen(@Nullable Toll toll, @Nullable String why) {}

  private TollEyes(
      Prometheus prometheus,
      JudgeSpec judge,
      UnaryOperator<String> fill,
      Slot slot,
      Duration staleAfter) {
    this.prometheus = prometheus;
    this.requests = SlotSelector.parse(fill.apply(judge.requests()));
    this.errors = LabelMatcher.parse(fill.apply(judge.errors()));
    this.slot = slot;
    this.staleAfter = staleAfter;
  }

  /** Null where the plan has no counters. */
  static @Nullable TollEyes of(
      Prometheus prometheus, MetricsSpec spec, LaunchId launch, Slot slot) {
    JudgeSpec judge = spec.judge();
    return judge == null
        ? null
        : new TollEyes(
            prometheus,
            judge,
            text ->
                text.replace("{service}", launch.service())
                    .replace("{environment}", launch.environment()),
            slot,
            spec.staleAfter());
  }

  /** One more look; a gap changes nothing, and the next look covers it. */
  @Nullable Toll see(@Nullable Toll before) {
    return seen(before, false).toll();
  }

  /** Asks until the scrape is there, or patience ends. */
  Counted count(Counting counting, Pause pause) {
    long begun = System.nanoTime();
    Instant after = counting.after();
    while (true) {
      // Asked again where it was not answered: without it no scrape would be late enough.
      after = after == null ? prometheusTime() : after;
      Seen seen = seen(counting.before(), true);
      Toll toll = seen.toll();
      boolean fresh = after != null && toll != null && toll.asOf().isAfter(after);
      if (fresh || System.nanoTime() - begun >= counting.patience().toNanos()) {
        return counted(counting, toll, fresh, seen.why());
      }
      pause.of(BETWEEN_LOOKS);
    }
  }

  private static Counted counted(
      Counting counting, @Nullable Toll toll, boolean fresh, @Nullable String why) {
    if (fresh || toll == null || why != null) {
      return new Counted(toll, fresh, fresh ? null : "not counted: " + why);
    }
    // What was served since that scrape, and before the counting was to begin, would count too.
    Toll known = counting.before() == null ? Toll.from(toll.asOf(), toll.counters(), false) : toll;
    return new Counted(
        known, false, "no scrape within %d s".formatted(counting.patience().toSeconds()));
  }

  private Seen seen(@Nullable Toll before, boolean whole) {
    return switch (prometheus.ask("%s[%dms]".formatted(requests.of(slot), staleAfter.toMillis()))) {
      case Answer.Refused(String why) -> new Seen(before, why);
      case Answer.Vector _ -> new Seen(before, "prometheus answered numbers instead of counters");
      case Answer.Matrix matrix -> seen(before, whole, sorter().sorted(matrix.newest()));
    };
  }

  private Seen seen(@Nullable Toll before, boolean whole, Sorter.Sorted sorted) {
    Instant newest =
        sorted.series().stream().map(Counters.Series::at).max(Instant::compareTo).orElse(null);
    if (newest == null) {
      return new Seen(before, Objects.requireNonNullElse(sorted.wrong(), sorter().silent(slot)));
    }
    Map<String, Toll.Counter> targets = new TreeMap<>();
    sorted.series().forEach(one -> targets.merge(one.target(), counter(one), Toll.Counter::plus));
    return new Seen(
        before == null ? Toll.from(newest, targets, whole) : before.at(newest, targets), null);
  }

  private static Toll.Counter counter(Counters.Series one) {
    long value = Math.round(one.value());
    return new Toll.Counter(value, one.part().equals(CounterWatch.BAD) ? value : 0);
  }

  private Sorter sorter() {
    return new Sorter(
        requests, labels -> errors.matches(labels) ? CounterWatch.BAD : CounterWatch.GOOD);
  }

  /** By its own clock, which also stamps the scrapes. */
  private @Nullable Instant prometheusTime() {
    return prometheus.ask("time()").at();
  }
}
