package dev.liftoff.activities.judge;

import java.util.Locale;

/** What a judge says, for people. */
final class Sentence {
  private Sentence() {}

  static String worse(Question question, double evidence, long seen) {
    return switch (question.claim()) {
      case Question.NoWorse _ ->
          String.format(
              Locale.ROOT,
              "%s: the candidate is worse than the baseline, evidence %.0f of 100 after %d requests",
              question.name(),
              evidence,
              seen);
      case Question.Spotless spotless ->
          String.format(
              Locale.ROOT,
              "%s, evidence %.0f of 100 after %d requests",
              spotless.accusation(),
              evidence,
              seen);
      case Question.Below below ->
          String.format(
              Locale.ROOT,
              "%s: the candidate is above %s, evidence %.0f of 100 after %d requests",
              question.name(),
              Percent.of(below.share()),
              evidence,
              seen);
    };
  }

  static String doubt(Question question, double evidence) {
    return String.format(
        Locale.ROOT,
        "%s: candidate and baseline differ, evidence %.0f of 20",
        question.name(),
        evidence);
  }

  static String slant(double weight, Arm served, double evidence) {
    return String.format(
        Locale.ROOT,
        "traffic share is %s, not %s, evidence %.0f of 20 after %d requests",
        Percent.of((double) served.bad() / Math.max(1, served.requests())),
        Percent.of(weight),
        evidence,
        served.requests());
  }

  static String notShown(Question question, double evidence) {
    return String.format(
        Locale.ROOT,
        "%s: not shown yet to be as good as the baseline, evidence %.1f of 100",
        question.name(),
        evidence);
  }
}
