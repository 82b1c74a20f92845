package dev.liftoff.watch;

import dev.liftoff.Halt;
import dev.liftoff.Revision;
import dev.liftoff.Waits;
import dev.liftoff.container.Slot;
import dev.liftoff.control.Controls;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.Watch;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.Durations;
import dev.liftoff.timeline.TimelineEntry;
import dev.liftoff.traffic.Ramp;
import dev.liftoff.traffic.Weight;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the candidate, window by window: the soak of a step, and the guard behind the rest of the
 * launch.
 */
public final class Watcher {
  private final Controls controls;
  private final Window window;
  private final LateWayBack lateWayBack;
  private final Concerns concerns;
  private final WatchedThings things;
  private @Nullable CancellationScope guard;
  private @Nullable StepCount count;
  private String lastShown = "";
  private WatchState calibrated = WatchState.EMPTY;
  private WatchState judged = WatchState.EMPTY;

  public Watcher(Controls controls, Concerns concerns, WatchedThings things) {
    this.controls = controls;
    this.concerns = concerns;
    this.things = things;
    window = new Window(controls, this::counted, this::shown);
    lateWayBack = new LateWayBack(controls);
  }

  /** What the judge knows before the first window. */
  public void calibrated(WatchState known) {
    calibrated = known;
    judged = known;
  }

  /**
   * Soaks a step. Returns when its time is over and the verdict is pass, or somebody promoted; not
   * while it is held. No data is not a pass: the soak goes on, and rolls back beyond its limit.
   * Neither are too few requests.
   */
  public void soak(Slot candidate, Ramp.Step step) {
    controls.desk().promotable(true);
    count = new StepCount(controls, candidate, step);
    Soak soak = new Soak(controls, step, exposed(judged));
    controls.desk().extension().of(soak);
    while (!soak.isOver()) {
      soak.look(
          window.watch(
              "soak at " + step.weight(),
              watch(candidate, step.weight(), soak.length(), soak.memory(), null, null),
              Window.MINUTE,
              soak::isSkipped));
    }
    count = null;
    controls.desk().extension().of(null);
    judged = soak.memory().carried();
    controls.desk().promotable(false);
  }

  /**
   * Guards the rest of the launch, beside it, until {@link #standDown}.
   *
   * @param weight of the candidate; where it is not all, there is something to compare it with
   */
  public void guard(Slot candidate, Weight weight) {
    guard =
        Workflow.newCancellationScope(() -> {
          var _ = Async.procedure(() -> guardUntilStopped(candidate, weight));
        });
    guard.run();
  }

  /** Guards what is done meanwhile: nothing that has traffic is ever unwatched. */
  public void guarding(Slot candidate, Weight weight, Runnable work) {
    guard(candidate, weight);
    work.run();
    standDown();
  }

  public void standDown() {
    if (guard != null) {
      guard.cancel("settled");
    }
  }

  /** Only a fail ends the launch: a blind guard says so, and goes on looking. */
  private void guardUntilStopped(Slot candidate, Weight weight) {
    boolean cutsShort = Revision.GUARD.isOn();
    GuardWindows windows = new GuardWindows(controls, Revision.LONG_WINDOWS.isOn());
    String what = weight.equals(Weight.ALL) ? "guard" : "guard at " + weight;
    WatchState memory = exposed(judged);
    Instant armed = Waits.now();
    Duration patience = Window.MINUTE;
    boolean blind = false;
    while (true) {
      Duration since = Duration.between(armed, Waits.now());
      boolean held = controls.desk().isHeld();
      WatchReport report =
          window.watch(
              what,
              watch(
                  candidate,
                  weight,
                  windows.length(since),
                  memory,
                  windows.pace(since),
                  windows.interim(since)),
              patience,
              () -> cutsShort && held && !controls.desk().isHeld());
      if (report == null) {
        continue;
      }
      memory = report.state();
      if (report.verdict() instanceof Verdict.Fail(String reason)) {
        if (!lateWayBack.asksAbout(what + ": " + reason)) {
          controls.desk().halt(Halt.rollback(what + ": " + reason));
          return;
        }
        Workflow.await(() -> !controls.desk().isHeld());
        memory = exposed(memory.carried().judged(calibrated.judge()));
      }
      blind = warned(blind, report.verdict());
      // A watch that cannot even begin would fill the history with a line a minute for two days.
      patience =
          report.looks() == 0
              ? Durations.least(patience.multipliedBy(2), GuardWindows.HOUR)
              : Window.MINUTE;
    }
  }

  /** What the candidate has served is counted on from window to window, whoever watches. */
  private WatchState exposed(WatchState state) {
    return state.exposed(controls.board().exposure.toll(), null);
  }

  private Watch watch(
      Slot candidate,
      Weight weight,
      Duration length,
      WatchState memory,
      @Nullable Duration calm,
      @Nullable Duration interim) {
    return new Watch(
        candidate,
        length,
        controls.plan().metrics(),
        memory,
        weight,
        things.lookBack(candidate),
        calm,
        controls.desk().isHeld(),
        interim);
  }

  private boolean warned(boolean blindBefore, Verdict verdict) {
    if (!(verdict instanceof Verdict.NoData(String reason))) {
      return false;
    }
    if (!blindBefore) {
      controls
          .announcer()
          .announce(Occasion.BLIND, Severity.WARNING, "the guard has no data", List.of(reason));
    }
    return true;
  }

  private WatchReport counted(WatchReport report) {
    return count == null ? report : count.and(report);
  }

  /**
   * The history has a line for each window; the timeline has one for each change of the verdict.
   */
  private boolean shown(String what, WatchReport report) {
    controls.board().watch.judged(report.verdict(), report.readings());
    if (!report.watched().isEmpty()) {
      controls.board().watch.watched(report.watched());
    }
    controls.board().exposure.see(report.state());
    verdict(what, report);
    return concerns.take(what, report);
  }

  private void verdict(String what, WatchReport report) {
    String kind = report.verdict().getClass().getSimpleName();
    if ((what + kind).equals(lastShown)) {
      return;
    }
    lastShown = what + kind;
    controls
        .board()
        .tell(
            TimelineEntry.Kind.VERDICT,
            "liftoff",
            "%s: %s (%d looks, %d blind)%s"
                .formatted(
                    what,
                    words(report.verdict()),
                    report.looks(),
                    report.blindLooks(),
                    report.judge() == null ? "" : "; " + report.judge()));
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass() -> "pass";
      case Verdict.Fail(String reason) -> "fail: " + reason;
      case Verdict.NoData(String reason) -> "no data: " + reason;
      case Verdict.NotYet(String reason) -> "not yet: " + reason;
      case Verdict.Hold(String reason) -> "hold: " + reason;
    };
  }
}
