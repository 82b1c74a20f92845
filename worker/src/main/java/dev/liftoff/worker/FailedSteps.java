package dev.liftoff.worker;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.TemporalFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each attempt of a step that failed; its stack trace is in the history. */
final class FailedSteps extends WorkerInterceptorBase {
  private static final Logger log = LoggerFactory.getLogger(FailedSteps.class);

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Logging(next);
  }

  private static final class Logging extends ActivityInboundCallsInterceptorBase {
    Logging(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (ActivityCompletionException notWanted) {
        ActivityInfo step = Activity.getExecutionContext().getInfo();
        log.info(
            "step given back step={} attempt={} reason={}",
            step.getActivityType(),
            step.getAttempt(),
            notWanted.getClass().getSimpleName());
        throw notWanted;
      } catch (RuntimeException failed) {
        ActivityInfo step = Activity.getExecutionContext().getInfo();
        log.warn(
            "step failed step={} attempt={} reason={}",
            step.getActivityType(),
            step.getAttempt(),
            reason(failed));
        throw failed;
      }
    }
  }

  /** The messages from the failure to its root, each once. */
  static String reason(Throwable failed) {
    StringBuilder reason = new StringBuilder(message(failed));
    for (var cause = failed.getCause(); cause != null; cause = cause.getCause()) {
      if (reason.indexOf(message(cause)) < 0) {
        reason.append(" <- ").append(message(cause));
      }
    }
    return reason.toString();
  }

  private static String message(Throwable thrown) {
    return thrown instanceof TemporalFailure known
        ? String.valueOf(known.getOriginalMessage())
        : thrown.toString();
  }
}
