package dev.liftoff;

import dev.liftoff.checklist.ReadinessSummary;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.timeline.TimelineEntry;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A launch, from preflight to the retrospective. Its workflow id is {@link LaunchId#workflowId}.
 */
@WorkflowInterface
public interface LaunchWorkflow extends LaunchCommands {

  /** Task queue of the workflow and of its steps. */
  String TASK_QUEUE = "liftoff";

  /** Task queue of the way back, with workers of its own: a busy worker cannot block a rollback. */
  String UNDO_TASK_QUEUE = "liftoff-undo";

  /**
   * Runs the whole launch. An invalid plan ends it at once with a failure of type {@code
   * INVALID_PLAN} that names every problem; a cancellation from Temporal rolls back first and then
   * ends as cancelled.
   */
  @WorkflowMethod(name = "LaunchWorkflow")
  Outcome launch(PlanDocument plan);

  /** What changes where the launch stands; a list tells nothing else. */
  @SignalMethod(name = "readiness", description = "From the checklist of this launch.")
  void readiness(@Nullable ReadinessSummary summary);

  @QueryMethod(description = "Where the launch stands, in one snapshot.")
  LaunchStatus status();

  @QueryMethod(description = "What happened so far, oldest first.")
  List<TimelineEntry> timeline();

  @QueryMethod(description = "The plan in force: the one of the start, with every amendment.")
  PlanDocument plan();

  @QueryMethod(
      description =
          "The status report of the reviews, as Markdown: stable or not, and what is asked.")
  String report();

  @QueryMethod(
      description = "The document of the retrospective, as Markdown with the facts filled in.")
  String retrospective();
}
