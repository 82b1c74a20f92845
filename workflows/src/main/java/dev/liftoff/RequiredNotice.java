package dev.liftoff;

import dev.liftoff.control.Controls;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance notice that the plan requires. When its deadline, the next milestone, comes and no
 * channel has taken it, the launch is held and a person decides. It is never called off for it.
 */
final class RequiredNotice {
  /** Where the milestones run back to back: the time of a message and its first repetition. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Controls controls;

  RequiredNotice(Controls controls) {
    this.controls = controls;
  }

  void await() {
    if (!controls.plan().notifications().required().contains(Occasion.NOTICE)) {
      return;
    }
    if (!Waits.until("the notice is told", patience(), this::isTold)) {
      controls
          .desk()
          .holdItself(
              "the maintenance notice has reached no channel; resume goes on without it, scrub"
                  + " calls the launch off");
      controls.countdown().pauseWhileHeld();
    }
  }

  private boolean isTold() {
    return controls.board().messages.isTold(Occasion.NOTICE);
  }

  private Duration patience() {
    @Nullable Instant due = controls.board().clock.due(Milestone.PREPARE);
    Duration left = due == null ? PATIENCE : Duration.between(Waits.now(), due);
    return Durations.most(left, PATIENCE);
  }
}
