package dev.liftoff.people;

import dev.liftoff.LaunchId;
import dev.liftoff.LaunchWorkflow;
import dev.liftoff.Reasons;
import dev.liftoff.gate.Texts;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks, from a launch or its checklist, whose message it is. */
public final class Inquiry {
  /** Nobody waits longer for a proof; without an answer a caller is unverified. */
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  private static final Duration TRYING = ATTEMPT.multipliedBy(2);
  private static final int SUMMARY = 100;

  private Inquiry() {}

  /** Waits for the answer. Who cannot be asked about is unverified. */
  public static Caller ask(LaunchId launch, Claim claim) {
    List<Caller> answer = new ArrayList<>();
    // What was told may end the workflow meanwhile, and it still wants to know by whom.
    Workflow.newDetachedCancellationScope(() -> answer.add(asked(launch, claim))).run();
    return answer.getFirst();
  }

  private static Caller asked(LaunchId launch, Claim claim) {
    try {
      return identity("Who is " + claim.who()).verify(launch, claim);
    } catch (TemporalFailure unknown) {
      return Caller.unverified(
          claim.who(), "the proof could not be looked at: " + Reasons.of(unknown));
    }
  }

  private static Identity identity(String summary) {
    return Workflow.newActivityStub(
        Identity.class,
        ActivityOptions.newBuilder()
            .setTaskQueue(LaunchWorkflow.UNDO_TASK_QUEUE)
            .setSummary(Texts.cut(summary, SUMMARY))
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(TRYING)
            .build());
  }
}
