package dev.liftoff;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Waiting with a limit. */
final class Waits {
  private Waits() {}

  static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  /**
   * Waits until the condition holds or the time is over; the timer carries the summary in the
   * Temporal UI. {@code Workflow.await(Duration, …)} would leave its timer pending.
   *
   * @return whether the condition holds
   */
  static boolean until(String summary, Duration limit, Supplier<Boolean> condition) {
    if (condition.get()) {
      return true;
    }
    if (!limit.isPositive()) {
      return false;
    }
    CompletablePromise<Void> over = Workflow.newPromise();
    TimerOptions named = TimerOptions.newBuilder().setSummary(Stubs.cut(summary)).build();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> over.completeFrom(Workflow.newTimer(limit, named)));
    scope.run();
    Workflow.await(() -> condition.get() || over.isCompleted());
    boolean holds = condition.get();
    if (!over.isCompleted()) {
      scope.cancel("no longer waited for");
    }
    return holds;
  }
}
