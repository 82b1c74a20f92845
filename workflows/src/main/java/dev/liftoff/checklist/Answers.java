package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import java.util.List;

/**
 * The answer to a message: one for each edit, in their order.
 *
 * @param revision of the list that shows it
 * @param readiness how the list stands now, in a sentence
 */
public record Answers(LaunchId launch, long revision, List<Answer> answers, String readiness) {
  public Answers {
    answers = List.copyOf(answers);
  }
}
