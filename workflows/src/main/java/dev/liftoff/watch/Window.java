package dev.liftoff.watch;

import dev.liftoff.Reasons;
import dev.liftoff.Waits;
import dev.liftoff.control.Controls;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.plan.Durations;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One window of watching: an activity that looks again and again, and then says what it saw. */
final class Window {
  static final Duration MINUTE = Duration.ofMinutes(1);

  private final Controls controls;
  private final UnaryOperator<WatchReport> counted;
  private final BiPredicate<String, WatchReport> shown;

  /**
   * @param counted adds to a report what else the candidate needs
   * @param shown takes each report; true when the next window must begin at once
   */
  Window(
      Controls controls,
      UnaryOperator<WatchReport> counted,
      BiPredicate<String, WatchReport> shown) {
    this.controls = controls;
    this.counted = counted;
    this.shown = shown;
  }

  /**
   * Null when it was skipped. What cannot be watched is no data.
   *
   * @param patience how long to wait before the next try when the watch could not even begin
   */
  @Nullable WatchReport watch(
      String what, Watch watch, Duration patience, Supplier<Boolean> skipped) {
    Instant end = Waits.now().plus(watch.length());
    CompletablePromise<WatchReport> answer = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> answer.completeFrom(begin(what, watch)));
    scope.run();
    Workflow.await(() -> answer.isCompleted() || skipped.get());
    if (!answer.isCompleted()) {
      scope.cancel("skipped");
      Waits.goOn();
      return null;
    }
    WatchReport report = counted.apply(report(answer, watch));
    boolean goesOn = shown.test(what, report);
    if (!goesOn && !(report.verdict() instanceof Verdict.Fail)) {
      // A watch that ends early must not make the launch spin.
      Duration rest = report.looks() > 0 ? Duration.between(Waits.now(), end) : patience;
      Waits.until("rest of the window", rest, skipped);
    }
    return report;
  }

  private Promise<WatchReport> begin(String what, Watch watch) {
    String summary = what + ", " + Durations.text(watch.length());
    return Async.function(
        controls.go().watch(summary, watch.length())::watch, controls.id(), watch);
  }

  private static WatchReport report(CompletablePromise<WatchReport> answer, Watch watch) {
    try {
      return answer.get();
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      return new WatchReport(
          new Verdict.NoData(Reasons.of(failure)), List.of(), watch.state(), 0, 0);
    }
  }
}
