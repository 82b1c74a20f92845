package dev.liftoff;

import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Waiting with a limit, in a launch and in its checklist. */
public final class Waits {
  private Waits() {}

  public static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  /**
   * Waits until the condition holds or the time is over; the timer carries the summary in the
   * Temporal UI. {@code Workflow.await(Duration, …)} would leave its timer pending.
   *
   * @return whether the condition holds
   * @throws CanceledFailure when the launch is called off, even if the condition holds too
   */
  public static boolean until(String summary, Duration limit, Supplier<Boolean> condition) {
    goOn();
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
    goOn();
    return holds;
  }

  /**
   * Only activities and timers notice by themselves that the launch was called off. What comes
   * between them must ask, or a wait that was cut short looks like one whose time is over.
   */
  public static void goOn() {
    if (CancellationScope.current().isCancelRequested()) {
      throw new CanceledFailure("called off");
    }
  }
}
