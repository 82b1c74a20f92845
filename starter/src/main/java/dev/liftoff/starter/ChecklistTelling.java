package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.checklist.Answer;
import dev.liftoff.checklist.Answers;
import dev.liftoff.checklist.ReadinessView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a list something, and says what came of each part of it. */
final class ChecklistTelling {
  private final Session session;

  ChecklistTelling(Session session) {
    this.session = session;
  }

  /** Signs a message for the one launch that it is for. */
  interface Signer<T> {
    T sign(Signing signing, LaunchId launch, T message);
  }

  /** Each message on its own: a list takes only so much at once. */
  <T> int send(@Nullable String launch, String verb, List<T> messages, Signer<T> signer) {
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
      for (T message : messages) {
        all &= told(list.update(verb, signed(list, message, signer), Answers.class));
      }
      return (all ? ExitCode.OK : ExitCode.CONFLICT).code();
    }
  }

  private <T> T signed(Launch list, T message, Signer<T> signer) {
    Signing signing = session.signing();
    return signing.isPossible()
        ? signer.sign(signing, list.ask("readiness", ReadinessView.class).launch(), message)
        : message;
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
