package dev.liftoff;

import dev.liftoff.board.Charge;
import dev.liftoff.control.Controls;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.Durations;
import dev.liftoff.plan.HandOverSpec;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.timeline.TimelineEntry.Kind;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On-call is asked to take the launch over, and called until somebody does. Beside the runbook: the
 * checkpoints and the guard wait for nobody, and silence is never a yes.
 */
final class HandOver {
  /**
   * By then half a day has passed with the usual first pause of 15 minutes; the reviews name what
   * is still open.
   */
  private static final int MOST_CALLS = 6;

  private static final Duration DAY = Duration.ofDays(1);

  private final Controls controls;
  private final Charge charge;
  private @Nullable CancellationScope waiting;

  HandOver(Controls controls) {
    this.controls = controls;
    charge = controls.board().charge;
  }

  /** Goes on at once; nothing where the plan hands over to nobody. */
  void begin() {
    HandOverSpec spec = controls.plan().handOver();
    if (spec == null) {
      return;
    }
    charge.ask(Waits.now().plus(spec.within()));
    waiting =
        Workflow.newCancellationScope(() -> {
          var _ = Async.procedure(() -> await(spec));
        });
    waiting.run();
  }

  /** For whoever takes over. */
  List<String> facts() {
    if (waiting == null) {
      return List.of();
    }
    List<String> facts = new ArrayList<>(List.of(charge.sentence(), "take it with acknowledge"));
    LaunchStatus status = controls.board().status();
    status.concerns().forEach(concern -> facts.add("concern: " + concern));
    if (status.exposure() != null) {
      facts.add(status.exposure().sentence());
    }
    status.wayBack().wouldNot().forEach(line -> facts.add("a rollback would not undo: " + line));
    return facts;
  }

  /**
   * Nobody is called any more.
   *
   * @return who had the launch, where the plan wants it handed over; else nothing
   */
  List<String> end() {
    if (waiting == null) {
      return List.of();
    }
    waiting.cancel("settled");
    if (charge.isAwaited()) {
      charge.never();
      controls.board().tell(Kind.TROUBLE, "liftoff", "hand-over: " + charge.sentence());
    }
    return List.of("hand-over: " + charge.sentence());
  }

  private void await(HandOverSpec spec) {
    if (!Waits.until("hand-over to " + spec.to(), spec.within(), charge::isAcknowledged)) {
      charge.overdue();
      call(spec);
    }
    if (charge.isAcknowledged()) {
      controls
          .announcer()
          .announce(
              Occasion.OTHER, Severity.INFORMATION, "HANDED OVER", List.of(charge.sentence()));
    }
  }

  private void call(HandOverSpec spec) {
    String reason =
        "%s has not acknowledged the hand-over within %s"
            .formatted(spec.to(), Durations.text(spec.within()));
    Duration pause = controls.plan().limits().helpEvery();
    for (int calls = 1; calls <= MOST_CALLS && !charge.isAcknowledged(); calls++) {
      controls.board().tell(Kind.TROUBLE, "liftoff", "needs a human: " + reason);
      controls
          .announcer()
          .announce(
              Occasion.NEEDS_HUMAN,
              Severity.CRITICAL,
              "HAND-OVER NOT ACKNOWLEDGED",
              List.of(reason, charge.sentence(), "call %d of %d".formatted(calls, MOST_CALLS)));
      boolean _ = Waits.until(spec.to() + " is called again", pause, charge::isAcknowledged);
      pause = Durations.least(pause.multipliedBy(2), DAY);
    }
    // Nobody is called any more, but whoever comes is taken.
    Workflow.await(() -> !charge.isAwaited());
  }
}
