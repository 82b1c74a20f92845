package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import dev.liftoff.LaunchWorkflow;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the launch what matters to it: each word is an event in its history. */
final class Teller {
  /** Somebody who answers to and fro cannot fill the launch's history. */
  private static final int FREE = 20;

  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final LaunchId launch;
  private @Nullable ReadinessSummary told;
  private int telling;
  private @Nullable Instant quietAfter;

  Teller(ChecklistInput input) {
    launch = input.launch();
    told = input.told();
    telling = input.telling();
    quietAfter = input.quietAfter();
  }

  void quietAfter(@Nullable Instant moment) {
    quietAfter = moment;
  }

  /** When to tell it; null for nothing that the launch does not know. */
  @Nullable Instant due(ReadinessSummary summary, Instant now) {
    ReadinessSummary before = told;
    if (before == null || before.number() != summary.number()) {
      return now;
    }
    if (isQuiet(now) || !summary.tellsMoreThan(before)) {
      return null;
    }
    return telling < FREE ? now : Objects.requireNonNullElse(before.asOf(), now).plus(PAUSE);
  }

  boolean isQuiet(Instant now) {
    return quietAfter != null && !now.isBefore(quietAfter);
  }

  /** Goes on at once. A launch that is gone hears nothing, and Temporal ends this list then. */
  void tell(ReadinessSummary summary) {
    if (told != null && told.number() == summary.number()) {
      telling++;
    }
    told = summary;
    var _ =
        Async.procedure(launch()::readiness, summary)
            .exceptionally(gone -> {
              Workflow.getLogger(Teller.class).info("the launch is gone launch={}", launch);
              return null;
            });
  }

  private LaunchWorkflow launch() {
    return Workflow.newExternalWorkflowStub(
        LaunchWorkflow.class, LaunchId.workflowId(launch.service(), launch.environment()));
  }

  @Nullable ReadinessSummary told() {
    return told;
  }

  int telling() {
    return telling;
  }

  @Nullable Instant quietAfter() {
    return quietAfter;
  }
}
