package dev.liftoff.activities.metrics;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.SideBySide;
import dev.liftoff.activities.judge.Arm;
import dev.liftoff.activities.judge.Boundaries;
import dev.liftoff.activities.metrics.Counters.Step;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.LabelMatcher;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.metrics.SlotSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the counters of both slots, raw: {@code rate} and {@code increase} guess, and lose the
 * first failure of a series that it begins. One question for both slots and for failures and
 * requests, so that all come from the same scrapes. What has no sample within {@code staleAfter} is
 * a gap, and the next look covers it; judge.md 3.7.
 */
final class CounterEyes implements UnaryOperator<CounterWatch> {
  static final String BEFORE = "10m";
  static final String BUCKET = "le";

  private final Prometheus prometheus;
  private final SlotSelector requests;
  private final LabelMatcher errors;
  private final String groups;
  private final @Nullable SlotSelector durations;
  private final Slot baseline;
  private final Duration staleAfter;
  private final Duration limit;

  private CounterEyes(
      Prometheus prometheus,
      JudgeSpec spec,
      UnaryOperator<String> fill,
      Slot candidate,
      Duration staleAfter,
      Duration limit) {
    this.prometheus = prometheus;
    this.requests = SlotSelector.parse(fill.apply(spec.requests()));
    this.errors = LabelMatcher.parse(fill.apply(spec.errors()));
    this.durations =
        spec.durations() == null ? null : SlotSelector.parse(fill.apply(spec.durations()));
    this.groups = spec.groups();
    this.baseline = candidate.other();
    this.staleAfter = staleAfter;
    this.limit = limit;
  }

  /** Sees nothing where no judge is declared. */
  static UnaryOperator<CounterWatch> of(
      Prometheus prometheus, MetricsSpec spec, LaunchId launch, Slot candidate, Duration limit) {
    UnaryOperator<String> fill = filling(launch);
    return spec.judge() == null
        ? UnaryOperator.identity()
        : new CounterEyes(prometheus, spec.judge(), fill, candidate, spec.staleAfter(), limit);
  }

  static UnaryOperator<String> filling(LaunchId launch) {
    return text ->
        text.replace("{service}", launch.service()).replace("{environment}", launch.environment());
  }

  @Override
  public CounterWatch apply(CounterWatch before) {
    CounterWatch watch = before.docket().opening() == null ? opened(before) : before;
    Docket docket = watch.docket();
    Docket.Opening opening = docket.opening();
    if (opening == null) {
      return watch;
    }
    Sorter failures = new Sorter(requests, groups, this::part);
    if (durations == null || opening.slow().isEmpty() || !watch.compares()) {
      Answer answer = asked(List.of(raw(requests))).getFirst();
      return watch.see(docket.requests().after(answer, failures, watch.needed()), null);
    }
    SlotSelector buckets = durations.with(only(opening.slow().keySet()));
    List<Answer> answers = asked(List.of(raw(requests), raw(buckets)));
    Step times =
        docket
            .durations()
            .after(answers.getLast(), new Sorter(buckets, groups, CounterEyes::bucket));
    return watch.see(docket.requests().after(answers.getFirst(), failures), times);
  }

  private CounterWatch opened(CounterWatch watch) {
    List<String> questions = new ArrayList<>();
    questions.add(grown(requests));
    if (durations != null) {
      questions.add("sum by (" + BUCKET + ") (" + grown(durations) + ")");
    }
    List<Answer> answers = asked(questions);
    for (Answer answer : answers) {
      if (!(answer instanceof Answer.Vector)) {
        return watch.with(watch.docket().blind(refusal(answer)));
      }
    }
    Map<String, Arm> slow =
        durations == null ? Map.of() : slow(sums(answers.getLast(), CounterEyes::bucket));
    return watch.with(
        watch
            .docket()
            .opened(new Docket.Opening(failed(sums(answers.getFirst(), this::part)), slow)));
  }

  private List<Answer> asked(List<String> questions) {
    return SideBySide.run(
        questions.stream().<Callable<Answer>>map(one -> () -> prometheus.ask(one)).toList(),
        limit,
        late -> new Answer.Refused("prometheus does not answer in time"));
  }

  private String raw(SlotSelector counter) {
    return "%s[%dms]".formatted(counter.ofBoth(), staleAfter.toMillis());
  }

  private String grown(SlotSelector counter) {
    return "increase(%s[%s])".formatted(counter.of(baseline), BEFORE);
  }

  private String part(Map<String, String> labels) {
    return errors.matches(labels) ? CounterWatch.BAD : CounterWatch.GOOD;
  }

  static String bucket(Map<String, String> labels) {
    return labels.getOrDefault(BUCKET, "");
  }

  static LabelMatcher only(Set<String> boundaries) {
    Stream<String> all = Stream.concat(boundaries.stream(), Stream.of(CounterWatch.ALL));
    return new LabelMatcher(
        BUCKET,
        "=~",
        all.map(one -> one.replaceAll("[^\\w]", "\\\\$0")).collect(Collectors.joining("|")));
  }

  static Map<String, Long> sums(Answer answer, Function<Map<String, String>, String> part) {
    Map<String, Double> sums = new TreeMap<>();
    if (answer instanceof Answer.Vector(List<Answer.Sample> samples)) {
      for (Answer.Sample sample : samples) {
        double value = finite(sample.value());
        sums.merge(part.apply(sample.labels()), value, Double::sum);
      }
    }
    Map<String, Long> rounded = new TreeMap<>();
    sums.forEach((name, sum) -> rounded.put(name, Math.round(sum)));
    return rounded;
  }

  private static Arm failed(Map<String, Long> sums) {
    long bad = sums.getOrDefault(CounterWatch.BAD, 0L);
    return new Arm(bad + sums.getOrDefault(CounterWatch.GOOD, 0L), bad);
  }

  static Map<String, Arm> slow(Map<String, Long> faster) {
    long all = faster.getOrDefault(CounterWatch.ALL, 0L);
    Map<Double, String> labels = new TreeMap<>();
    Map<Double, Long> byBoundary = new TreeMap<>();
    faster.forEach((label, count) -> {
      if (label.matches("[0-9.e+-]+")) {
        labels.put(Double.parseDouble(label), label);
        byBoundary.put(Double.parseDouble(label), count);
      }
    });
    Map<String, Arm> slow = new TreeMap<>();
    for (double boundary : Boundaries.from(byBoundary, all)) {
      long fast = byBoundary.getOrDefault(boundary, 0L);
      slow.put(labels.getOrDefault(boundary, ""), new Arm(all, Math.max(0, all - fast)));
    }
    return slow;
  }

  private static double finite(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) && value > 0 ? value : 0;
    } catch (NumberFormatException infinity) {
      return 0;
    }
  }

  private static String refusal(Answer answer) {
    return answer instanceof Answer.Refused(String why)
        ? why
        : "prometheus answered something else than numbers";
  }
}
