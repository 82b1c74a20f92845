package dev.liftoff.activities.judge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
      case Question.Below below ->
          String.format(
              Locale.ROOT,
              "%s: the candidate is above %.4g, evidence %.0f of 100 after %d requests",
              question.name(),
              below.share(),
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

  static String slant(@Nullable Double weight, double evidence) {
    return String.format(
        Locale.ROOT,
        "the candidate does not get its share of %.4g of the requests, evidence %.0f of 20",
        weight,
        evidence);
  }

  static String notShown(Question question, double evidence) {
    return String.format(
        Locale.ROOT,
        "%s: not shown yet to be as good as the baseline, evidence %.1f of 100",
        question.name(),
        evidence);
  }
}
