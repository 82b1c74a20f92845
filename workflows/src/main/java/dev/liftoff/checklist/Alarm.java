package dev.liftoff.checklist;

import dev.liftoff.Waits;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One timer for whatever comes next. It is only set anew for something earlier: an edit that puts
 * an expiry off costs no event.
 */
final class Alarm {
  private @Nullable Instant at;
  private @Nullable CancellationScope running;
  private boolean rang;

  void set(@Nullable Instant wanted) {
    rang = false;
    if (wanted == null || (at != null && !wanted.isBefore(at))) {
      return;
    }
    if (running != null) {
      running.cancel("something comes earlier");
    }
    at = wanted;
    Duration rest = Duration.between(Waits.now(), wanted);
    Duration length = rest.isPositive() ? rest : Duration.ofMillis(1);
    CancellationScope scope =
        Workflow.newCancellationScope(() ->
            Workflow.newTimer(
                    length, TimerOptions.newBuilder().setSummary("something expires").build())
                .thenApply(_ -> {
                  at = null;
                  running = null;
                  rang = true;
                  return null;
                }));
    running = scope;
    scope.run();
  }

  boolean rang() {
    return rang;
  }
}
