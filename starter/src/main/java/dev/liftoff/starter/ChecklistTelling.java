package dev.liftoff.starter;

import dev.liftoff.checklist.Answer;
import dev.liftoff.checklist.Answers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a list something, and says what came of each part of it. */
final class ChecklistTelling {
  private final Session session;

  ChecklistTelling(Session session) {
    this.session = session;
  }

  /** Each message on its own: a list takes only so much at once. */
  int send(@Nullable String launch, String verb, List<?> messages) {
    if (session.options().plain) {
      LaunchName name = LaunchArgument.given(session, launch);
      messages.forEach(message ->
          session.print(PlainTemporal.update(session, name.checklistId(), verb, message)));
      return ExitCode.OK.code();
    }
    LaunchName.check(launch);
    try (Temporal temporal = session.connect()) {
      Launch list = temporal.launch(launch).checklist();
      boolean all = true;
      for (Object message : messages) {
        all &= told(list.update(verb, message, Answers.class));
      }
      return (all ? ExitCode.OK : ExitCode.CONFLICT).code();
    }
  }

  private boolean told(Answers answers) {
    if (session.asJson()) {
      session.json(answers);
    } else {
      answers.answers().forEach(this::print);
      session.print("  readiness " + answers.readiness());
    }
    return answers.answers().stream().allMatch(Answer::accepted);
  }

  private void print(Answer answer) {
    session.print(
        answer.accepted()
            ? session.paint().good("✔") + " " + answer.item() + " " + answer.message()
            : session.paint().bad("✖") + " " + answer.message());
  }
}
