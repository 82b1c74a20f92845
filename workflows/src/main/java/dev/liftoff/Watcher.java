package dev.liftoff;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.plan.Durations;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry;
import dev.liftoff.traffic.Ramp;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the candidate, window by window: the soak of a step, and the guard behind the rest of the
 * launch.
 */
final class Watcher {
  /** While a soak is beyond its time, for want of data or because it is held. */
  private static final Duration EXTENSION = Duration.ofMinutes(1);

  /** The guard's first hour is cut finer, so that the history shows what was seen around T+30. */
  private static final Duration FIRST_HOUR = Duration.ofHours(1);

  private static final Duration FINE = Duration.ofMinutes(10);

  private final LaunchId id;
  private final LaunchPlan plan;
  private final Stubs stubs;
  private final Board board;
  private final Desk desk;
  private final Announcer announcer;
  private @Nullable CancellationScope guard;
  private String lastShown = "";

  Watcher(LaunchId id, LaunchPlan plan, Stubs stubs, Board board, Desk desk, Announcer announcer) {
    this.id = id;
    this.plan = plan;
    this.stubs = stubs;
    this.board = board;
    this.desk = desk;
    this.announcer = announcer;
  }

  /**
   * Soaks a step. Returns when its time is over and the verdict is pass, or somebody promoted. No
   * data is not a pass: the soak goes on, and rolls back beyond its limit. A hold keeps it
   * watching.
   */
  void soak(Slot candidate, Ramp.Step step) {
    if (step.soak().isZero()) {
      return;
    }
    board.state(
        State.SOAKING, "soaking at " + step.weight() + " for " + Durations.text(step.soak()));
    desk.promotable(true);
    Soak soak = new Soak(Waits.now().plus(step.soak()));
    while (!soak.isOver()) {
      soak.look(
          window(
              "soak at " + step.weight(), candidate, soak.window(), soak.state, desk::isPromoted));
    }
    desk.promotable(false);
  }

  /** Guards the rest of the launch, beside it, until {@link #standDown}. */
  void guard(Slot candidate) {
    guard =
        Workflow.newCancellationScope(() -> {
          var _ = Async.procedure(() -> guardUntilStopped(candidate));
        });
    guard.run();
  }

  void standDown() {
    if (guard != null) {
      guard.cancel("settled");
    }
  }

  private final class Soak {
    final Instant end;
    WatchState state = WatchState.EMPTY;
    @Nullable Instant blindSince;
    boolean passed;

    Soak(Instant end) {
      this.end = end;
    }

    boolean isOver() {
      return desk.isPromoted() || (passed && !desk.isHeld() && !Waits.now().isBefore(end));
    }

    Duration window() {
      Duration rest = Duration.between(Waits.now(), end);
      return least(
          plan.limits().guardWindow(),
          rest.isPositive() ? rest : most(EXTENSION, plan.metrics().interval()));
    }

    void look(@Nullable WatchReport report) {
      if (report == null) {
        return;
      }
      state = report.state();
      passed = report.verdict() instanceof Verdict.Pass;
      switch (report.verdict()) {
        case Verdict.Pass() -> blindSince = null;
        case Verdict.Fail(String reason) -> throw Halt.rollback(reason);
        case Verdict.NoData(String reason) -> blind(reason);
      }
      board.state(
          desk.isHeld() ? State.HELD : State.SOAKING,
          passed ? "soaking, so far good" : "no verdict yet");
    }

    private void blind(String reason) {
      Instant since = blindSince == null ? Waits.now() : blindSince;
      blindSince = since;
      if (Duration.between(since, Waits.now()).compareTo(plan.traffic().noDataLimit()) >= 0) {
        throw Halt.rollback(
            "not measured for " + Durations.text(plan.traffic().noDataLimit()) + ": " + reason);
      }
    }
  }

  private void guardUntilStopped(Slot candidate) {
    WatchState state = WatchState.EMPTY;
    Instant armed = Waits.now();
    boolean blind = false;
    while (true) {
      Duration fine =
          Duration.between(armed, Waits.now()).compareTo(FIRST_HOUR) < 0 ? FINE : FIRST_HOUR;
      WatchReport report =
          window("guard", candidate, least(fine, plan.limits().guardWindow()), state, () -> false);
      if (report == null) {
        return;
      }
      state = report.state();
      if (report.verdict() instanceof Verdict.Fail(String reason)) {
        desk.halt(Halt.rollback("guard: " + reason));
        return;
      }
      boolean blindNow = report.verdict() instanceof Verdict.NoData;
      if (blindNow && !blind) {
        announcer.announce(
            Severity.WARNING, "the guard has no data", List.of(report.verdict().toString()));
      }
      blind = blindNow;
    }
  }

  /** One window; null when it was skipped. What cannot be watched is no data. */
  private @Nullable WatchReport window(
      String what, Slot candidate, Duration length, WatchState state, Supplier<Boolean> skipped) {
    Instant end = Waits.now().plus(length);
    CompletablePromise<WatchReport> answer = Workflow.newPromise();
    Watch watch = new Watch(candidate, length, plan.metrics(), state);
    CancellationScope scope =
        Workflow.newCancellationScope(() ->
            answer.completeFrom(
                Async.function(
                    stubs.watch(what + ", " + Durations.text(length), length)::watch, id, watch)));
    scope.run();
    Workflow.await(() -> answer.isCompleted() || skipped.get());
    if (!answer.isCompleted()) {
      scope.cancel("skipped");
      return null;
    }
    WatchReport report = report(answer, state);
    shown(what, report);
    // A watch that ends early must not make the launch spin.
    if (!(report.verdict() instanceof Verdict.Fail)) {
      Duration rest = Duration.between(Waits.now(), end);
      Waits.until(
          "rest of the window", report.looks() > 0 ? rest : least(rest, EXTENSION), skipped);
    }
    return report;
  }

  private static WatchReport report(CompletablePromise<WatchReport> answer, WatchState state) {
    try {
      return answer.get();
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      return new WatchReport(new Verdict.NoData(Reasons.of(failure)), List.of(), state, 0, 0);
    }
  }

  /**
   * The history has a line for each window; the timeline has one for each change of the verdict.
   */
  private void shown(String what, WatchReport report) {
    board.judged(report.verdict(), report.readings());
    String words =
        switch (report.verdict()) {
          case Verdict.Pass() -> "pass";
          case Verdict.Fail(String reason) -> "fail: " + reason;
          case Verdict.NoData(String reason) -> "no data: " + reason;
        };
    if (!(what + words).equals(lastShown)) {
      lastShown = what + words;
      board.tell(
          TimelineEntry.Kind.VERDICT,
          "liftoff",
          "%s: %s (%d looks, %d blind)"
              .formatted(what, words, report.looks(), report.blindLooks()));
    }
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration most(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
