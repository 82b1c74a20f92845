package dev.liftoff.activities.metrics;

import dev.liftoff.activities.judge.Arm;
import dev.liftoff.activities.judge.Batch;
import dev.liftoff.activities.judge.Judge;
import dev.liftoff.activities.judge.JudgeState;
import dev.liftoff.activities.judge.JudgeVerdict;
import dev.liftoff.activities.judge.Percent;
import dev.liftoff.activities.judge.Question;
import dev.liftoff.activities.judge.Trial;
import dev.liftoff.activities.metrics.Counters.Step;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.traffic.Weight;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  private final JudgeSpec spec;
  private final Slot candidate;
  private final @Nullable Weight weight;
  private final Docket docket;

  /**
   * Goes on from a docket.
   *
   * @param weight the candidate's share of the traffic; null when that is not known
   */
  CounterWatch(JudgeSpec spec, Slot candidate, @Nullable Weight weight, Docket docket) {
    this.spec = spec;
    this.candidate = candidate;
    this.weight = weight;
    this.docket = docket;
  }

  Docket docket() {
    return docket;
  }

  CounterWatch with(Docket next) {
    return new CounterWatch(spec, candidate, weight, next);
  }

  /** Whether there is anything to ask. */
  boolean asks() {
    return !questions().all().isEmpty();
  }

  boolean compares() {
    return questions().compares();
  }

  /** The slots without whose counters nothing can be said. */
  Set<Slot> needed() {
    return compares() ? EnumSet.allOf(Slot.class) : EnumSet.of(candidate);
  }

  /** Takes one look at each counter into account; at the durations only where they are compared. */
  CounterWatch see(Step requests, @Nullable Step durations) {
    Docket.Opening opening = docket.opening();
    if (opening == null) {
      throw new IllegalStateException("what was before is not known yet");
    }
    String gap = gap(requests, durations);
    if (requests instanceof Step.Waiting || durations instanceof Step.Waiting) {
      return with(docket.blind(gap));
    }
    Counters asked = now(requests, docket.requests());
    Counters timed = now(durations, docket.durations());
    Instant end = latest(asked, timed);
    Docket at = end == null ? docket : docket.at(end, weight);
    Map<String, Trial> trials =
        new Trials(candidate, spec.ceiling()).of(requests, durations, opening.slow().keySet());
    return with(at.counted(asked, timed, end, judged(at, end, trials), gap));
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
    if (!compares()) {
      return new Verdict.Pass();
    }
    if (docket.opening() == null || docket.judge().began() == null) {
      return new Verdict.NotYet(notBegun());
    }
    return switch (judge(docket.judge(), questions().all()).verdict()) {
      case JudgeVerdict.Pass _ -> new Verdict.Pass();
      case JudgeVerdict.Fail fail -> new Verdict.Fail(fail.reason());
      case JudgeVerdict.NotYet notYet -> new Verdict.NotYet(notYet.reason());
      case JudgeVerdict.Hold hold -> new Verdict.Hold(hold.reason());
      case JudgeVerdict.NoData none -> new Verdict.NoData(none.reason());
    };
  }

  /** For the timeline. */
  String words() {
    return said() + untimed() + served();
  }

  double evidence() {
    return judge(docket.judge(), questions().all()).total();
  }

  private String said() {
    return switch (verdict()) {
      case Verdict.Pass _ ->
          compares() ? "the judge has certified the candidate" : withoutControl(spec.ceiling());
      case Verdict.Fail _ -> "the judge is sure";
      case Verdict.NotYet(String reason) -> "the judge: " + reason;
      case Verdict.Hold(String reason) -> "the judge holds: " + reason;
      case Verdict.NoData(String reason) -> reason;
    };
  }

  private String untimed() {
    Docket.Opening opening = docket.opening();
    boolean compared = spec.durations() == null || opening == null || !opening.slow().isEmpty();
    return compared || !compares()
        ? ""
        : "; latency is not compared: no bucket from 100 ms on holds the baseline's last ten minutes";
  }

  private String served() {
    Arm served = docket.judge().served();
    return served.requests() == 0
        ? ""
        : "; it served %s of %d requests"
            .formatted(Percent.of((double) served.bad() / served.requests()), served.requests());
  }

  private String notBegun() {
    return docket.first() == null || spec.discard().isZero()
        ? "nothing is compared yet"
        : "nothing is compared in the first %d s of traffic".formatted(spec.discard().toSeconds());
  }

  private JudgeState judged(Docket at, @Nullable Instant end, Map<String, Trial> trials) {
    Instant start = docket.until();
    JudgeState before = at.isNewStage(docket) ? docket.judge().atNewWeight() : docket.judge();
    if (trials.isEmpty() || start == null || end == null || !start.isBefore(end)) {
      return before;
    }
    boolean cold = compares() && at.isCold(start, end, spec.discard());
    List<Question> asked = cold ? questions().whileCold() : questions().all();
    if (asked.isEmpty()) {
      return before;
    }
    JudgeState seen =
        judge(before, asked).see(new Batch(start, end, trials, share(at, start, trials))).state();
    return cold ? seen.notBegun() : seen;
  }

  private Judge judge(JudgeState state, List<Question> questions) {
    return Judge.from(state, questions().settings(questions));
  }

  private Questions questions() {
    return new Questions(spec, weight, docket);
  }

  private static @Nullable Arm share(Docket at, Instant start, Map<String, Trial> trials) {
    Trial errors = trials.get(Questions.ERRORS);
    Stage stage = at.stage();
    if (errors == null || stage == null || !stage.holds(start)) {
      return null;
    }
    long candidate = errors.candidate().requests();
    return new Arm(candidate + errors.baseline().requests(), candidate);
  }

  private static String withoutControl(JudgeSpec.@Nullable Ceiling ceiling) {
    return "the judge has no control, since the baseline gets no traffic: the limits decide"
        + (ceiling == null
            ? ""
            : ", and more than %s of failed requests as soon as that is certain"
                .formatted(Percent.of(ceiling.errors())));
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
