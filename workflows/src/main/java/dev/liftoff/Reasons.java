package dev.liftoff;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;

/** Puts a failure into the words that an operator needs. */
public final class Reasons {
  private Reasons() {}

  public static String of(TemporalFailure failure) {
    Throwable cause =
        failure instanceof ActivityFailure && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String step =
        failure instanceof ActivityFailure activity ? activity.getActivityType() + ": " : "";
    return switch (cause) {
      case ApplicationFailure application -> application.getOriginalMessage();
      case TimeoutFailure timeout ->
          step
              + "no answer in time ("
              + timeout
                  .getTimeoutType()
                  .name()
                  .replace("TIMEOUT_TYPE_", "")
                  .toLowerCase(java.util.Locale.ROOT)
                  .replace('_', '-')
              + lastFailure(timeout)
              + ")";
      case CanceledFailure _ -> step + "cancelled";
      default -> step + cause.getMessage();
    };
  }

  private static String lastFailure(TimeoutFailure timeout) {
    return timeout.getCause() instanceof ApplicationFailure last
        ? ", last: " + last.getOriginalMessage()
        : "";
  }
}
