package dev.liftoff.activities.metrics;

import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Ceilings;
import dev.liftoff.activities.judge.Factor;
import dev.liftoff.activities.judge.Grid;
import dev.liftoff.activities.judge.JudgeSettings;
import dev.liftoff.activities.judge.Method;
import dev.liftoff.activities.judge.Past;
import dev.liftoff.activities.judge.Percent;
import dev.liftoff.activities.judge.Placebos;
import dev.liftoff.activities.judge.Tolerance;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Calibrated;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.LabelMatcher;
import dev.liftoff.metrics.SlotSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how to judge a service by what its own past would have been accused of; judge.md 3.3.
 * Whatever is missing leaves the cautious way and a line that says what.
 */
final class Learning {
  private static final double HORIZON = JudgeSettings.HORIZON.toSeconds();
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final long FEWEST_REQUESTS = 1_000;

  private final Prometheus prometheus;
  private final JudgeSpec spec;
  private final SlotSelector requests;
  private final LabelMatcher errors;
  private final @Nullable SlotSelector durations;
  private final Slot baseline;
  private final Duration staleAfter;
  private final List<String> lines = new ArrayList<>();

  Learning(
      Prometheus prometheus,
      JudgeSpec spec,
      UnaryOperator<String> fill,
      Slot baseline,
      Duration staleAfter) {
    this.prometheus = prometheus;
    this.spec = spec;
    this.requests = SlotSelector.parse(fill.apply(spec.requests()));
    this.errors = LabelMatcher.parse(fill.apply(spec.errors()));
    this.durations =
        spec.durations() == null ? null : SlotSelector.parse(fill.apply(spec.durations()));
    this.baseline = baseline;
    this.staleAfter = staleAfter;
  }

  Calibrated calibrate() {
    try {
      History history = History.of(prometheus, baseline);
      Crowd crowd = Crowd.of(history, requests, spec, staleAfter);
      Chosen chosen = chosen(history, crowd);
      return new Calibrated(lines, Docket.EMPTY.judgedBy(chosen).json());
    } catch (History.Unreadable unreadable) {
      return Calibrated.unknown(String.valueOf(unreadable.getMessage()));
    }
  }

  private Chosen chosen(History history, Crowd crowd) throws History.Unreadable {
    PastCounts counts =
        new PastCounts(
            history.start(spec.history()),
            spec.history(),
            spec.groups(),
            crowd.groups(),
            labels -> errors.matches(labels) ? CounterWatch.BAD : CounterWatch.GOOD);
    history.read(requests, spec.history(), counts);
    long all = counts.sum(CounterWatch.BAD) + counts.sum(CounterWatch.GOOD);
    requireEnough(all, counts.covered());
    Calibration ofErrors =
        crowd.isEnough()
            ? placebos(Grid.ERRORS, Tolerance.ERRORS).calibrate(crowd.failures(counts))
            : Calibration.NONE;
    lines.add("errors: " + crowd.audit(ofErrors));
    Calibration ofLatency = latency(history, crowd);
    return new Chosen(ofErrors, ofLatency, ceiling(counts));
  }

  private void requireEnough(long all, Duration covered) throws History.Unreadable {
    if (covered.compareTo(SHORTEST) < 0) {
      throw new History.Unreadable(
          "%d min of counters of %s, 60 are needed".formatted(covered.toMinutes(), baseline));
    }
    if (all < FEWEST_REQUESTS) {
      throw new History.Unreadable(
          "%d requests in %d h, %d are needed".formatted(all, covered.toHours(), FEWEST_REQUESTS));
    }
  }

  /** One way for all boundaries: the most robust that one of them needs. */
  private Calibration latency(History history, Crowd crowd) throws History.Unreadable {
    if (durations == null) {
      return Calibration.NONE;
    }
    Calibration cautious =
        crowd.isMany()
            ? new Calibration(new Method(Factor.RANK, 30, false), 1, 0, 0, 1)
            : Calibration.NONE;
    Set<String> boundaries = crowd.isEnough() ? boundaries(durations) : Set.of();
    if (boundaries.isEmpty()) {
      lines.add(
          "latency: "
              + (crowd.isEnough()
                  ? cautious.method() + ", not calibrated: no bucket that a few requests exceed"
                  : crowd.audit(cautious)));
      return cautious;
    }
    SlotSelector buckets = durations.with(CounterEyes.only(boundaries));
    PastCounts counts =
        new PastCounts(
            history.start(crowd.length()),
            crowd.length(),
            spec.groups(),
            crowd.groups(),
            CounterEyes::bucket);
    history.read(buckets, crowd.length(), counts);
    Calibration slowest = slowest(boundaries, crowd, counts);
    lines.add("latency: " + crowd.audit(slowest));
    return slowest;
  }

  private Calibration slowest(Set<String> boundaries, Crowd crowd, PastCounts counts) {
    return boundaries.stream()
        .map(boundary ->
            placebos(Grid.LATENCY, Tolerance.SLOW).calibrate(crowd.slower(boundary, counts)))
        .reduce(Learning::slower)
        .orElse(Calibration.NONE);
  }

  private @Nullable Method ceiling(PastCounts counts) {
    JudgeSpec.Ceiling ceiling = spec.ceiling();
    if (ceiling == null) {
      return null;
    }
    Past all = counts.failures(List.of(PastCounts.TOGETHER), counts.covered());
    Calibration found = new Ceilings(ceiling.errors(), HORIZON).calibrate(all);
    if (found.placebos() == 0) {
      lines.add(
          "ceiling: %s, not calibrated: samples are too far apart".formatted(Ceilings.UNKNOWN));
      return Ceilings.UNKNOWN;
    }
    boolean right = found.highest() < Placebos.MARGIN;
    lines.add(
        String.format(
            Locale.ROOT,
            right
                ? "above %s errors: %s, the baseline alone, %.0f h, max M %.1f"
                : "above %s errors: not asked, since the baseline itself came near it (%s, %.0f h, max M %.1f)",
            Percent.of(ceiling.errors()),
            found.method(),
            found.hours(),
            found.highest()));
    return right ? found.method() : null;
  }

  private Set<String> boundaries(SlotSelector buckets) {
    Answer answer =
        prometheus.ask(
            "sum by (%s) (increase(%s[%s]))"
                .formatted(CounterEyes.BUCKET, buckets.of(baseline), CounterEyes.BEFORE));
    return CounterEyes.slow(CounterEyes.sums(answer, CounterEyes::bucket)).keySet();
  }

  private static Placebos placebos(Grid grid, Tolerance tolerance) {
    return new Placebos(grid, tolerance, HORIZON);
  }

  private static Calibration slower(Calibration one, Calibration other) {
    Calibration more = robust(other) > robust(one) ? other : one;
    return new Calibration(
        more.method(),
        Math.max(one.ratio(), other.ratio()),
        more.placebos(),
        more.hours(),
        Math.max(one.highest(), other.highest()));
  }

  private static int robust(Calibration one) {
    return Method.FAST_TO_ROBUST.indexOf(one.method());
  }
}
