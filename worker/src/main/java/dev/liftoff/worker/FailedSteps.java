package dev.liftoff.worker;

import io.temporal.activity.ActivityExecutionContext;
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
    private String step = "";
    private int attempt;

    Logging(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    /** The context is gone again when a failure gets here, so what it knows is kept. */
    @Override
    public void init(ActivityExecutionContext context) {
      step = context.getInfo().getActivityType();
      attempt = context.getInfo().getAttempt();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (ActivityCompletionException notWanted) {
        log.info(
            "step given back step={} attempt={} reason={}",
            step,
            attempt,
            notWanted.getClass().getSimpleName());
        throw notWanted;
      } catch (RuntimeException failed) {
        log.warn("step failed step={} attempt={} reason={}", step, attempt, reason(failed));
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
