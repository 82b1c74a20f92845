package dev.liftoff.watch;

import dev.liftoff.Waits;
import dev.liftoff.control.Controls;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.Durations;
import dev.liftoff.timeline.TimelineEntry.Kind;
import io.temporal.workflow.Async;
import java.time.Duration;
import java.util.List;

/**
 * A question to the commander with a clock, while the launch is held. Unanswered it is never a yes:
 * the launch stays held, and calls a person again and again.
 */
final class Question {
  private final Controls controls;
  private boolean open;

  Question(Controls controls) {
    this.controls = controls;
  }

  /** Goes on at once; the clock runs beside the launch, in the scope of whoever asks. */
  void ask(String question) {
    Duration within = controls.plan().limits().answerWithin();
    controls
        .announcer()
        .announce(
            Occasion.ASKING,
            Severity.CRITICAL,
            "DECIDE WITHIN " + Durations.text(within),
            List.of(question, "resume goes on, rollback brings traffic back"));
    if (!open) {
      open = true;
      var _ = Async.procedure(() -> await(question, within));
    }
  }

  private void await(String question, Duration within) {
    try {
      if (!Waits.until("answer within " + Durations.text(within), within, this::isAnswered)) {
        call("nobody answered within " + Durations.text(within) + ": " + question);
      }
    } finally {
      open = false;
      controls.board().needs(null);
    }
  }

  private void call(String reason) {
    while (!isAnswered()) {
      controls.board().needs(reason);
      controls.board().tell(Kind.TROUBLE, "liftoff", "needs a human: " + reason);
      controls
          .announcer()
          .announce(Occasion.NEEDS_HUMAN, Severity.CRITICAL, "NEEDS A HUMAN", List.of(reason));
      Waits.until("needs a human", controls.plan().limits().helpEvery(), this::isAnswered);
    }
  }

  private boolean isAnswered() {
    return !controls.desk().isHeld();
  }
}
