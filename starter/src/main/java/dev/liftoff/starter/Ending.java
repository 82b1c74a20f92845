package dev.liftoff.starter;

import dev.liftoff.FailureType;
import dev.liftoff.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** How a launch that is over ended, in a sentence and as an exit code. */
record Ending(ExitCode exit, String sentence) {

  static Ending of(Outcome outcome) {
    return new Ending(ExitCode.of(outcome), said(outcome) + left(outcome.leftovers()));
  }

  private static String said(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Launched launched -> "Launched " + launched.version() + ".";
      case Outcome.RolledBack back -> "Rolled back at %s: %s".formatted(back.at(), back.reason());
      case Outcome.Scrubbed scrubbed ->
          "Scrubbed at %s: %s".formatted(scrubbed.at(), scrubbed.reason());
    };
  }

  private static String left(List<String> leftovers) {
    return leftovers.isEmpty() ? "" : " Left behind: " + String.join("; ", leftovers);
  }

  /** From what Temporal recorded; needs no worker. */
  static Ending of(Launch launch, Execution execution) {
    return switch (execution.status()) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED, WORKFLOW_EXECUTION_STATUS_FAILED ->
          recorded(launch);
      case WORKFLOW_EXECUTION_STATUS_CANCELED ->
          new Ending(ExitCode.ROLLED_BACK, "Cancelled in Temporal; it was rolled back first.");
      case WORKFLOW_EXECUTION_STATUS_TERMINATED ->
          new Ending(
              ExitCode.FAILED, "Terminated in Temporal: nothing was undone, see where traffic is.");
      default -> new Ending(ExitCode.FAILED, "Ended as " + execution.statusWord() + ".");
    };
  }

  private static Ending recorded(Launch launch) {
    try {
      return of(launch.result());
    } catch (TimeoutException slow) {
      return new Ending(ExitCode.UNEXPECTED, "Temporal did not tell how it ended.");
    } catch (RuntimeException failed) {
      ApplicationFailure failure = Troubles.find(failed, ApplicationFailure.class);
      return failure == null
          ? new Ending(ExitCode.FAILED, "Failed: " + failed.getMessage())
          : new Ending(exit(failure.getType()), failure.getOriginalMessage());
    }
  }

  private static ExitCode exit(String type) {
    return FailureType.ROLLED_BACK.name().equals(type)
        ? ExitCode.ROLLED_BACK
        : FailureType.SCRUBBED.name().equals(type)
            ? ExitCode.SCRUBBED
            : FailureType.INVALID_PLAN.name().equals(type) ? ExitCode.INVALID : ExitCode.FAILED;
  }
}
