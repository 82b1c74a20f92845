package dev.liftoff.checkup;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Somebody waits at a screen: one attempt, and a second one after a hiccup. */
final class Asking {
  /** The slowest source of a checklist has a minute for itself. */
  static final Duration LIMIT = Duration.ofSeconds(75);

  private static final int ATTEMPTS = 2;

  private Asking() {}

  static <T> T port(Class<T> port, String summary) {
    return Workflow.newActivityStub(
        port,
        ActivityOptions.newBuilder()
            .setSummary(summary)
            .setStartToCloseTimeout(LIMIT)
            .setScheduleToCloseTimeout(LIMIT)
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(ATTEMPTS).build())
            .build());
  }
}
