package dev.liftoff;

import dev.liftoff.checklist.Ask;
import dev.liftoff.checklist.ChecklistInput;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.ChecklistWorkflow;
import dev.liftoff.checklist.PlanPart;
import dev.liftoff.control.Controls;
import dev.liftoff.plan.PlanDocument;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The checklist as a workflow beside the launch. Temporal ends it when the launch ends, however
 * that comes: nothing is left behind, and the launch has no event of it.
 */
final class ListBeside {
  /** The list of a launch that has just ended takes a moment to end, too. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final int TRIES = 12;

  private final Controls controls;
  private long asked;
  private boolean running;
  private boolean gone;
  private String reason = "";

  ListBeside(Controls controls) {
    this.controls = controls;
  }

  /** Begins the list where there is none, and has it look anew; the number of the answer. */
  long ask(@Nullable Instant quietAfter) {
    asked++;
    if (!running) {
      begin();
    } else {
      signal(new Ask(asked, quietAfter));
    }
    return asked;
  }

  boolean isAnswered() {
    return controls.board().readiness.hasAnswered(asked);
  }

  boolean isGone() {
    return gone;
  }

  String reason() {
    return reason;
  }

  private void begin() {
    gone = false;
    for (int i = 1; i <= TRIES && !running; i++) {
      start();
      if (!running && i < TRIES) {
        Waits.until("the earlier checklist ends", PAUSE, () -> false);
      }
    }
    if (!running) {
      lose(reason);
    }
  }

  private void lose(String why) {
    gone = true;
    reason = why;
    controls.board().readiness.lose(why);
  }

  /** In a scope of its own: it is ended by Temporal, not by the runbook's end. */
  private void start() {
    Workflow.newDetachedCancellationScope(
            () -> {
              ChecklistWorkflow list =
                  Workflow.newChildWorkflowStub(ChecklistWorkflow.class, options());
              Promise<?> end = Async.function(list::keep, input());
              try {
                Workflow.getWorkflowExecution(list).get();
                running = true;
                var _ = end.handle((_, failure) -> ended(failure));
              } catch (ChildWorkflowFailure occupied) {
                reason = "the checklist could not begin: " + Reasons.of(occupied);
              }
            })
        .run();
  }

  private @Nullable Object ended(@Nullable RuntimeException failure) {
    running = false;
    lose(
        "the checklist was ended, and its answers with it"
            + (failure == null ? "" : ": " + failure.getMessage()));
    return null;
  }

  /** By its name alone: a list that went on anew has another run. */
  private void signal(Ask ask) {
    try {
      Workflow.newExternalWorkflowStub(
              ChecklistWorkflow.class, ChecklistWorkflow.workflowId(controls.id()))
          .ask(ask);
    } catch (SignalExternalWorkflowException lost) {
      running = false;
      lose("the checklist is gone, and its answers with it");
    }
  }

  private ChecklistInput input() {
    ChecklistSpec spec = Objects.requireNonNull(controls.plan().checklist());
    List<String> parts =
        Arrays.stream(PlanPart.values())
            .filter(part -> part.in(controls.plan()))
            .map(PlanPart::word)
            .toList();
    PlanDocument plan = controls.document().without("checklist");
    return ChecklistInput.first(controls.id(), plan, spec, parts, asked);
  }

  private ChildWorkflowOptions options() {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(ChecklistWorkflow.workflowId(controls.id()))
        .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
        .setStaticSummary("Checklist of " + controls.id())
        .build();
  }
}
