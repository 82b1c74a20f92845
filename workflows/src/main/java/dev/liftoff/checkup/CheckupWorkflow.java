package dev.liftoff.checkup;

import dev.liftoff.plan.PlanDocument;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Asks a worker what a launch would ask it, without a launch: it looks, and changes nothing. Runs
 * on the task queue of launches, and needs no certain workflow id.
 */
@WorkflowInterface
public interface CheckupWorkflow {

  /**
   * Who is known, and what the sources of this plan's checklist and alerts say now. What nobody
   * answers in time is no data with the reason, and never a failure.
   *
   * @param plan null for what no plan is needed for
   */
  @WorkflowMethod(name = "CheckupWorkflow")
  Checkup look(@Nullable PlanDocument plan);
}
