package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checklist of a launch, beside it: many edits by many people, of which the launch's own
 * history takes none. It ends when its launch ends. Its workflow id is {@link #workflowId}.
 *
 * <p>Each verb is an update, which answers, and a signal of the same name, whose refusals stand in
 * the list's log. What is said of items, and a sign-off, can be signed; whether it must be is the
 * worker's to say, see {@link dev.liftoff.people.Policy}.
 */
@WorkflowInterface
public interface ChecklistWorkflow {
  String EDITS =
      "{\"who\":\"ravi\",\"role\":\"database\",\"edits\":[{\"item\":\"DB-07\",\"action\":\"pass\",\"value\":\"...\"}]}";
  String ORDER = "{\"who\":\"ravi\",\"role\":\"database\"}";

  /** One launch at a time has this place, and so one list. */
  static String workflowId(LaunchId launch) {
    return workflowId(launch.service(), launch.environment());
  }

  static String workflowId(String service, String environment) {
    return "checklist/" + service + "/" + environment;
  }

  /** Keeps the list until the launch ends; then how it stood. */
  @WorkflowMethod(name = "ChecklistWorkflow")
  ReadinessSummary keep(@Nullable ChecklistInput input);

  @UpdateMethod(
      name = "apply",
      description =
          "APPLY up to 50 edits: pass, fail, deviate, approve, not-applicable, confirm. " + EDITS)
  Answers apply(@Nullable Edits edits);

  /** Refuses only what is malformed as a whole: each edit has its own answer. */
  @UpdateValidatorMethod(updateName = "apply")
  void checkApply(@Nullable Edits edits);

  @SignalMethod(name = "apply", description = "APPLY up to 50 edits. " + EDITS)
  void applyBySignal(@Nullable Edits edits);

  @UpdateMethod(name = "signOff", description = "SIGN OFF as one of the roles. " + ORDER)
  Answers signOff(@Nullable Order order);

  @UpdateValidatorMethod(updateName = "signOff")
  void checkSignOff(@Nullable Order order);

  @SignalMethod(name = "signOff", description = "SIGN OFF as one of the roles. " + ORDER)
  void signOffBySignal(@Nullable Order order);

  @UpdateMethod(
      name = "examine",
      description = "EXAMINE all automatic items again, or those under items. " + ORDER)
  Answers examine(@Nullable Order order);

  @UpdateValidatorMethod(updateName = "examine")
  void checkExamine(@Nullable Order order);

  @SignalMethod(
      name = "examine",
      description = "EXAMINE all automatic items again, or those under items. " + ORDER)
  void examineBySignal(@Nullable Order order);

  @SignalMethod(name = "ask", description = "From the launch: it wants an answer.")
  void ask(@Nullable Ask ask);

  @QueryMethod(description = "Score, what blocks, what is open and by whom, sign-offs.")
  ReadinessView readiness();

  @QueryMethod(
      description = "Items, 100 at a time: {\"owner\":\"database\",\"state\":\"open\",\"from\":0}")
  ItemsPage items(@Nullable ItemFilter filter);

  @QueryMethod(description = "What happened to the list, oldest first.")
  List<LogLine> log();
}
