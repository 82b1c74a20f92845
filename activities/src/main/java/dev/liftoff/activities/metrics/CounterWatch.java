package dev.liftoff.activities.metrics;

import dev.liftoff.activities.judge.Arm;
import dev.liftoff.activities.judge.Batch;
import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Factor;
import dev.liftoff.activities.judge.Judge;
import dev.liftoff.activities.judge.JudgeSettings;
import dev.liftoff.activities.judge.JudgeState;
import dev.liftoff.activities.judge.JudgeVerdict;
import dev.liftoff.activities.judge.Method;
import dev.liftoff.activities.judge.Question;
import dev.liftoff.activities.judge.Trial;
import dev.liftoff.activities.metrics.Counters.Step;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was counted of candidate and baseline against each other, look after look. Asks nobody
 * and knows no clock, so that a decision can be repeated from its looks.
 */
final class CounterWatch {
  static final String BAD = "bad";
  static final String GOOD = "good";
  static final String ALL = "+Inf";

  /** Errors count more than slowness; judge.md 3.4. */
  private static final double ERRORS_BESIDE_LATENCY = 0.6;

  private final JudgeSpec spec;
  private final Slot candidate;
  private final Docket docket;

  CounterWatch(JudgeSpec spec, Slot candidate, Docket docket) {
    this.spec = spec;
    this.candidate = candidate;
    this.docket = docket;
  }

  Docket docket() {
    return docket;
  }

  CounterWatch with(Docket next) {
    return new CounterWatch(spec, candidate, next);
  }

  /** Takes one look at each counter into account; at the durations only where they are compared. */
  CounterWatch see(Step requests, @Nullable Step durations) {
    if (docket.opening() == null) {
      throw new IllegalStateException("what was before is not known yet");
    }
    String gap = gap(requests, durations);
    if (requests instanceof Step.Waiting || durations instanceof Step.Waiting) {
      return with(docket.blind(gap));
    }
    Counters asked = now(requests, docket.requests());
    Counters timed = now(durations, docket.durations());
    Instant end = latest(asked, timed);
    JudgeState judged = judged(end, trials(requests, durations));
    return with(new Docket(docket.opening(), asked, timed, end, judged, gap));
  }

  boolean failed() {
    return docket.judge().failed() != null;
  }

  /** Whether the last look could not tell. */
  boolean blind() {
    return docket.gap() != null;
  }

  Verdict verdict() {
    JudgeVerdict.Fail failed = docket.judge().failed();
    if (failed != null) {
      return new Verdict.Fail(failed.reason());
    }
    if (docket.gap() != null) {
      return new Verdict.NoData("the judge sees nothing: " + docket.gap());
    }
    if (docket.opening() == null || docket.judge().until() == null) {
      return new Verdict.NotYet("nothing is compared yet");
    }
    return switch (judge().verdict()) {
      case JudgeVerdict.Pass _ -> new Verdict.Pass();
      case JudgeVerdict.Fail fail -> new Verdict.Fail(fail.reason());
      case JudgeVerdict.NotYet notYet -> new Verdict.NotYet(notYet.reason());
      case JudgeVerdict.Hold hold -> new Verdict.NotYet(hold.reason());
      case JudgeVerdict.NoData none -> new Verdict.NoData(none.reason());
    };
  }

  /** For the timeline. */
  String words() {
    return switch (verdict()) {
      case Verdict.Pass _ -> "the judge has certified the candidate";
      case Verdict.Fail _ -> "the judge is sure";
      case Verdict.NotYet(String reason) -> "the judge: " + reason;
      case Verdict.NoData(String reason) -> reason;
    };
  }

  double evidence() {
    return judge().total();
  }

  private JudgeState judged(@Nullable Instant end, Map<String, Trial> trials) {
    Instant start = docket.until();
    return trials.isEmpty() || start == null || end == null || !start.isBefore(end)
        ? docket.judge()
        : judge().see(new Batch(start, end, trials)).state();
  }

  private Judge judge() {
    return Judge.from(
        docket.judge(),
        new JudgeSettings(questions(), JudgeSettings.HORIZON, spec.minimumBake(), null));
  }

  private List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    Docket.Opening opening = docket.opening();
    Map<String, Arm> slow = opening == null ? Map.of() : opening.slow();
    Arm before = opening == null ? Arm.NONE : opening.errors();
    questions.add(
        Question.errors(slow.isEmpty() ? 1 : ERRORS_BESIDE_LATENCY, calibration(), before));
    double each = (1 - ERRORS_BESIDE_LATENCY) / Math.max(1, slow.size());
    slow.forEach((boundary, arm) ->
        questions.add(Question.slower(Double.parseDouble(boundary), each, calibration(), arm)));
    return questions;
  }

  private Calibration calibration() {
    Factor factor = spec.vote() == JudgeSpec.Vote.ERROR ? Factor.COUNT : Factor.VOTE;
    return new Calibration(new Method(factor, (int) spec.batch().toSeconds(), false), 1, 0, 0, 1);
  }

  private Map<String, Trial> trials(Step requests, @Nullable Step durations) {
    Map<String, Trial> trials = new TreeMap<>();
    if (requests instanceof Step.Moved moved) {
      trials.put("errors", trial(moved.increase(), BAD, GOOD, false));
    }
    if (durations instanceof Step.Moved moved && docket.opening() != null) {
      for (String boundary : docket.opening().slow().keySet()) {
        trials.put(
            "slower than " + Double.parseDouble(boundary) + " s",
            trial(moved.increase(), boundary, ALL, true));
      }
    }
    return trials;
  }

  private Trial trial(Increase increase, String part, String other, boolean cumulative) {
    Slot baseline = candidate.other();
    return new Trial(
        arm(increase.of(candidate, part), increase.of(candidate, other), cumulative),
        arm(increase.of(baseline, part), increase.of(baseline, other), cumulative),
        increase.byTarget(
            baseline,
            target ->
                arm(
                    increase.of(baseline, target, part),
                    increase.of(baseline, target, other),
                    cumulative)));
  }

  /** Errors are counted beside the rest; a bucket holds what was fast among all. */
  private static Arm arm(double part, double other, boolean cumulative) {
    return cumulative
        ? new Arm(Math.round(other), Math.round(Math.max(0, other - part)))
        : new Arm(Math.round(part + other), Math.round(part));
  }

  private static Counters now(@Nullable Step step, Counters before) {
    return switch (step) {
      case Step.First(Counters now) -> now;
      case Step.Moved(Counters now, Increase _) -> now;
      case null -> before;
      case Step.Gap _, Step.Waiting _ -> before;
    };
  }

  private static @Nullable String gap(Step requests, @Nullable Step durations) {
    if (requests instanceof Step.Gap(String why)) {
      return why;
    }
    return durations instanceof Step.Gap(String why) ? why : null;
  }

  private static @Nullable Instant latest(Counters one, Counters other) {
    return Stream.of(one, other)
        .map(Counters::at)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(null);
  }
}
