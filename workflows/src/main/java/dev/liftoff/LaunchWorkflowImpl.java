package dev.liftoff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.checklist.ReadinessSummary;
import dev.liftoff.control.Desk;
import dev.liftoff.gate.Texts;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanReader;
import dev.liftoff.plan.Problem;
import dev.liftoff.report.RetrospectiveReport;
import dev.liftoff.report.StatusReport;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.timeline.TimelineEntry;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The door of a launch: reads the plan, then hands over to {@link Launch}. */
public final class LaunchWorkflowImpl extends LaunchMessages {
  private static final int RUN_DIGITS = 8;

  /** A failure that is too large for Temporal would leave a launch that never ends. */
  private static final int MOST_PROBLEMS = 200;

  private static final int LONGEST_PROBLEM = 500;

  private final @Nullable Launch running;
  private final String problems;

  /** The plan is read here, so that no message can come before there is somebody to take it. */
  @WorkflowInit
  public LaunchWorkflowImpl(@Nullable PlanDocument document) {
    Launch launch = null;
    String wrong = "";
    try {
      @Nullable JsonNode written = document == null ? null : document.json();
      LaunchPlan plan = PlanReader.read(written);
      launch = new Launch(id(plan), plan, Objects.requireNonNull(document));
      launch.desk().sealed(Desk.PLAN, document.digest());
      listen(launch.desk());
    } catch (InvalidPlan invalid) {
      wrong = "the plan cannot be launched:\n" + lines(invalid.problems());
    }
    running = launch;
    problems = wrong;
  }

  @Override
  public Outcome launch(@Nullable PlanDocument document) {
    return valid().run();
  }

  @Override
  public void readiness(@Nullable ReadinessSummary summary) {
    if (running != null) {
      running.board().readiness.take(summary);
    }
  }

  @Override
  public LaunchStatus status() {
    return valid().board().status();
  }

  @Override
  public List<TimelineEntry> timeline() {
    return valid().board().timeline();
  }

  @Override
  public PlanDocument plan() {
    return valid().plan();
  }

  @Override
  public String report() {
    return StatusReport.of(valid().board().dossier());
  }

  @Override
  public String retrospective() {
    return RetrospectiveReport.of(valid().board().dossier());
  }

  private Launch valid() {
    if (running == null) {
      throw invalidPlan();
    }
    return running;
  }

  private ApplicationFailure invalidPlan() {
    return FailureType.INVALID_PLAN.permanent(problems);
  }

  private static String lines(List<Problem> problems) {
    String shown =
        problems.stream()
            .limit(MOST_PROBLEMS)
            .map(problem -> Texts.cut(problem.toString(), LONGEST_PROBLEM))
            .collect(Collectors.joining("\n"));
    return problems.size() <= MOST_PROBLEMS
        ? shown
        : shown + "\nand " + (problems.size() - MOST_PROBLEMS) + " more";
  }

  /**
   * The first run's id, so that a launch that is reset remains itself. Its end, because the
   * beginning of a run id is the time on newer servers, equal for all launches of a minute.
   */
  private static LaunchId id(LaunchPlan plan) {
    String run = Workflow.getInfo().getFirstExecutionRunId();
    return new LaunchId(
        plan.service(),
        plan.environment(),
        plan.version(),
        run.substring(Math.max(0, run.length() - RUN_DIGITS)));
  }
}
