package dev.liftoff.checkup;

import dev.liftoff.LaunchId;
import dev.liftoff.Reasons;
import dev.liftoff.people.Identity;
import dev.liftoff.people.Policy;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanReader;
import dev.liftoff.probe.ProbeResult;
import io.temporal.failure.ActivityFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks one port after the other; each answers for itself. */
public final class CheckupWorkflowImpl implements CheckupWorkflow {
  private static final LaunchId NOBODY = new LaunchId("liftoff", "doctor", "checkup", "none");

  @Override
  public Checkup look(@Nullable PlanDocument plan) {
    List<ProbeResult> sources = plan == null ? List.of() : sources(plan);
    try {
      Policy policy = Asking.port(Identity.class, "Who may do what").policy(NOBODY);
      return new Checkup(
          null,
          policy.warning(),
          policy.keys() == null ? null : policy.keys().size(),
          policy.polls(),
          sources);
    } catch (ActivityFailure silent) {
      return new Checkup(Reasons.of(silent), null, null, Map.of(), sources);
    }
  }

  private static List<ProbeResult> sources(PlanDocument document) {
    try {
      LaunchPlan plan = PlanReader.read(document.json());
      LaunchId launch = new LaunchId(plan.service(), plan.environment(), plan.version(), "checkup");
      return new Sources(launch, plan, document.without("checklist")).look();
    } catch (InvalidPlan invalid) {
      return List.of(
          ProbeResult.noData(
              "plan", "the plan cannot be read: " + invalid.problems().getFirst(), "a valid plan"));
    }
  }
}
