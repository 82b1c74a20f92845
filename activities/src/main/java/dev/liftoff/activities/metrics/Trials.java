package dev.liftoff.activities.metrics;

import dev.liftoff.activities.judge.Arm;
import dev.liftoff.activities.judge.Question;
import dev.liftoff.activities.judge.Trial;
import dev.liftoff.activities.metrics.Counters.Step;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.JudgeSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns what counters grew by into what the judge takes. */
record Trials(Slot candidate, JudgeSpec.@Nullable Ceiling ceiling) {

  /**
   * A trial for each question that the looks answer.
   *
   * @param boundaries the buckets that are compared
   */
  Map<String, Trial> of(Step requests, @Nullable Step durations, Set<String> boundaries) {
    Map<String, Trial> trials = new TreeMap<>();
    if (requests instanceof Step.Moved moved) {
      Trial errors = trial(moved.increase(), CounterWatch.BAD, CounterWatch.GOOD, false);
      trials.put(Questions.ERRORS, errors);
      trials.put(Questions.CEILING, alone(errors));
      trials.put(Questions.STAINS, errors);
    }
    if (durations instanceof Step.Moved moved) {
      for (String boundary : boundaries) {
        Trial slower = trial(moved.increase(), boundary, CounterWatch.ALL, true);
        trials.put(Question.slowerName(Double.parseDouble(boundary)), slower);
        trials.put(Question.promptName(Double.parseDouble(boundary)), slower);
      }
    }
    return trials;
  }

  /** What the baseline suffers as well is not the candidate's fault, and says nothing. */
  private Trial alone(Trial errors) {
    Arm baseline = errors.baseline();
    boolean shared = ceiling != null && baseline.bad() > ceiling.errors() * baseline.requests();
    return new Trial(shared ? Arm.NONE : errors.candidate(), Arm.NONE);
  }

  private Trial trial(Increase increase, String part, String other, boolean cumulative) {
    Slot baseline = candidate.other();
    return new Trial(
        arm(increase.of(candidate, part), increase.of(candidate, other), cumulative),
        arm(increase.of(baseline, part), increase.of(baseline, other), cumulative),
        increase.byGroup(
            baseline,
            group ->
                arm(
                    increase.of(baseline, group, part),
                    increase.of(baseline, group, other),
                    cumulative)));
  }

  /** Errors are counted beside the rest; a bucket holds what was fast among all. */
  private static Arm arm(double part, double other, boolean cumulative) {
    return cumulative
        ? new Arm(Math.round(other), Math.round(Math.max(0, other - part)))
        : new Arm(Math.round(part + other), Math.round(part));
  }
}
