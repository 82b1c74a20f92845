package dev.liftoff.activities.judge;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a judge asks, fixed for the whole launch.
 *
 * @param questions at least one, with different names
 * @param horizon how long it is asked
 * @param bake how long the candidate must have been judged before it may pass
 * @param weight the candidate's configured share of the requests, 0 to 1; null when nobody compares
 *     it
 */
public record JudgeSettings(
    List<Question> questions, Duration horizon, Duration bake, @Nullable Double weight) {
  public static final Duration HORIZON = Duration.ofHours(48);

  /** One in a hundred launches may be rolled back, or certified, for nothing. */
  static final double SURE = 100;

  /** Stops a promotion without rolling back. */
  static final double DOUBT = 20;

  /** The traffic may be off by a tenth of its weight. */
  static final double OFF = 0.1;

  public JudgeSettings {
    questions = List.copyOf(questions);
    double sum = questions.stream().mapToDouble(Question::weight).sum();
    if (questions.isEmpty() || sum > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "%d questions with weights of %s together: one at least, and at most 1"
              .formatted(questions.size(), sum));
    }
    if (questions.stream().map(Question::name).distinct().count() < questions.size()) {
      throw new IllegalArgumentException("two questions have the same name");
    }
  }

  double horizonSeconds() {
    return horizon.toSeconds();
  }
}
