package dev.liftoff.activities.metrics;

import dev.liftoff.activities.judge.Arm;
import dev.liftoff.activities.judge.Boundaries;
import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Ceilings;
import dev.liftoff.activities.judge.Factor;
import dev.liftoff.activities.judge.JudgeSettings;
import dev.liftoff.activities.judge.Method;
import dev.liftoff.activities.judge.Question;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.traffic.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the judge asks in a window.
 *
 * @param weight the candidate's share of the traffic; null when that is not known
 */
record Questions(JudgeSpec spec, @Nullable Weight weight, Docket docket) {
  static final String ERRORS = "errors";
  static final String CEILING = "error rate";

  static final String STAINS = "errors beside none";

  /** Errors count more than slowness; judge.md 3.4. */
  private static final double ERRORS_BESIDE_LATENCY = 0.6;

  /** What is beyond a ceiling is so far beyond it that a tenth of the evidence is enough. */
  private static final double CEILING_BESIDE_COMPARISON = 0.1;

  private static final double STAINS_BESIDE_COMPARISON = 0.1;

  /** Whether the baseline has traffic to compare with. */
  boolean compares() {
    return !Weight.ALL.equals(weight);
  }

  /** All that is asked; nothing where nobody is to be compared with and no ceiling is declared. */
  List<Question> all() {
    if (!compares()) {
      return ceiling(1);
    }
    List<Question> ceiling = ceiling(CEILING_BESIDE_COMPARISON);
    List<Question> all =
        new ArrayList<>(
            compared(
                1
                    - STAINS_BESIDE_COMPARISON
                    - (ceiling.isEmpty() ? 0 : CEILING_BESIDE_COMPARISON)));
    all.addAll(ceiling);
    return all;
  }

  /** What is asked while the candidate warms up. */
  List<Question> whileCold() {
    return ceiling(compares() ? CEILING_BESIDE_COMPARISON : 1);
  }

  JudgeSettings settings(List<Question> questions) {
    Double share =
        spec.share() && compares() && weight != null && weight.percent() > 0
            ? (Double) (weight.percent() / 100.0)
            : null;
    return new JudgeSettings(questions, JudgeSettings.HORIZON, spec.minimumBake(), share);
  }

  private List<Question> compared(double all) {
    Docket.Opening opening = docket.opening();
    Map<String, Arm> slow = opening == null ? Map.of() : opening.slow();
    Arm before = opening == null ? Arm.NONE : opening.errors();
    List<Question> questions = new ArrayList<>();
    questions.add(
        Question.errors(slow.isEmpty() ? all : all * ERRORS_BESIDE_LATENCY, ofErrors(), before));
    questions.add(Question.spotless(STAINS, STAINS_BESIDE_COMPARISON, ofErrors(), before));
    double each = all * (1 - ERRORS_BESIDE_LATENCY) / Math.max(1, slow.size());
    slow.forEach(
        (boundary, arm) -> questions.addAll(slower(Double.parseDouble(boundary), each, arm)));
    return questions;
  }

  private List<Question> slower(double seconds, double weight, Arm before) {
    return Boundaries.isRare(before)
        ? List.of(
            Question.slower(seconds, weight / 2, ofLatency(), before),
            Question.prompt(seconds, weight / 2, ofLatency(), before, batch()))
        : List.of(Question.slower(seconds, weight, ofLatency(), before));
  }

  /** Null where the plan leaves it to the judge. */
  private @Nullable Integer batch() {
    return spec.vote() == JudgeSpec.Vote.AUTO ? null : fixed().method().seconds();
  }

  private List<Question> ceiling(double part) {
    JudgeSpec.Ceiling ceiling = spec.ceiling();
    Method method = ofCeiling();
    return ceiling == null || method == null
        ? List.of()
        : List.of(
            Question.below(CEILING, ERRORS, part, method, ceiling.errors(), ceiling.fewest()));
  }

  private Calibration ofErrors() {
    Chosen chosen = docket.chosen();
    return chosen == null ? fixed() : chosen.errors();
  }

  private Calibration ofLatency() {
    Chosen chosen = docket.chosen();
    return chosen == null ? fixed() : chosen.latency();
  }

  private @Nullable Method ofCeiling() {
    Chosen chosen = docket.chosen();
    if (chosen != null) {
      return chosen.ceiling();
    }
    return spec.vote() == JudgeSpec.Vote.ERROR
        ? new Method(Factor.COUNT, Ceilings.UNKNOWN.seconds(), false)
        : Ceilings.UNKNOWN;
  }

  private Calibration fixed() {
    int seconds = (int) spec.batch().toSeconds();
    return switch (spec.vote()) {
      case AUTO -> Calibration.NONE;
      case ERROR -> new Calibration(new Method(Factor.COUNT, seconds, false), 1, 0, 0, 1);
      case BATCH -> new Calibration(new Method(Factor.VOTE, seconds, false), 1, 0, 0, 1);
    };
  }
}
