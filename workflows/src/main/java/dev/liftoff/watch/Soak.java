package dev.liftoff.watch;

import dev.liftoff.Halt;
import dev.liftoff.Waits;
import dev.liftoff.control.Controls;
import dev.liftoff.control.Desk;
import dev.liftoff.control.Extension;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.WatchReport;
import dev.liftoff.metrics.WatchState;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.Durations;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry.Kind;
import dev.liftoff.traffic.Ramp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of the ramp while it is watched: how long still, and what its windows have said. */
final class Soak implements Extension.Soaking {
  /**
   * Windows beyond the time of the soak grow with it: a night on hold must not fill the history.
   */
  private static final int PARTS_OF_OVERTIME = 4;

  /** As long as a judge may take, who is not asked otherwise. */
  private static final Duration USUAL_PATIENCE = Duration.ofHours(2);

  private final Controls controls;
  private final Desk desk;
  private final Ramp.Step step;
  private final Instant begin = Waits.now();
  private Instant end;
  private WatchState memory;
  private String undecided = "";
  private boolean holds;
  private @Nullable Instant blindSince;
  private @Nullable Instant called;
  private String extended = "";
  private boolean passed;
  private boolean heldAtStart;

  /** Goes on from what the judge has remembered of the steps before. */
  Soak(Controls controls, Ramp.Step step, WatchState memory) {
    this.controls = controls;
    this.step = step;
    this.memory = memory;
    desk = controls.desk();
    end = begin.plus(step.soak());
    passed = step.soak().isZero() && step.minimumSamples() == 0;
    show();
  }

  WatchState memory() {
    return memory;
  }

  boolean isOver() {
    return !desk.isHeld() && (desk.isPromoted() || (passed && !Waits.now().isBefore(end)));
  }

  /** More time, counted from now where its own is over. */
  @Override
  public String extend(Duration more, String who) {
    Instant now = Waits.now();
    end = (now.isAfter(end) ? now : end).plus(more);
    extended = ", extended by " + who;
    show();
    return soaking();
  }

  /** How long the next window is. */
  Duration length() {
    heldAtStart = desk.isHeld();
    Duration rest = Duration.between(Waits.now(), end);
    Duration overtime = rest.negated().dividedBy(PARTS_OF_OVERTIME);
    return Durations.least(
        plan().limits().guardWindow(),
        rest.isPositive() ? rest : Durations.most(again(), overtime));
  }

  /** A window that began in a hold is cut short when it ends: nobody should wait for the rest. */
  boolean isSkipped() {
    return !desk.isHeld() && (desk.isPromoted() || heldAtStart);
  }

  void look(@Nullable WatchReport report) {
    if (report == null) {
      // What was seen before the hold ended says nothing about now.
      passed = false;
      return;
    }
    memory = report.state();
    passed = report.verdict() instanceof Verdict.Pass;
    holds = report.verdict() instanceof Verdict.Hold;
    undecided = "";
    switch (report.verdict()) {
      case Verdict.Pass() -> blindSince = null;
      case Verdict.NotYet(String reason) -> {
        blindSince = null;
        undecided = reason;
      }
      case Verdict.Hold(String reason) -> {
        blindSince = null;
        undecided = "hold: " + reason;
      }
      case Verdict.Fail(String reason) -> throw Halt.rollback(reason);
      case Verdict.NoData(String reason) -> blind(reason);
    }
    callForHelp();
  }

  private LaunchPlan plan() {
    return controls.plan();
  }

  private Duration again() {
    return Durations.least(Window.MINUTE, Durations.most(step.soak(), plan().metrics().interval()));
  }

  private void blind(String reason) {
    Instant since = blindSince == null ? Waits.now() : blindSince;
    blindSince = since;
    Duration limit = plan().traffic().noDataLimit();
    if (Duration.between(since, Waits.now()).compareTo(limit) >= 0) {
      throw Halt.rollback("not measured for " + Durations.text(limit) + ": " + reason);
    }
    if (step.maximumSoak() != null) {
      undecided = reason;
    }
  }

  /**
   * A hold in a soak scrubs nothing, since traffic has moved, and neither does a step that does not
   * pass; beyond their limits they ask for help.
   */
  private void callForHelp() {
    show();
    String reason = trouble();
    if (reason == null) {
      return;
    }
    Instant again = called == null ? Waits.now() : called.plus(plan().limits().helpEvery());
    if (!Waits.now().isBefore(again)) {
      called = Waits.now();
      controls.board().tell(Kind.TROUBLE, "liftoff", "needs a human: " + reason);
      controls
          .announcer()
          .announce(Occasion.NEEDS_HUMAN, Severity.CRITICAL, "NEEDS A HUMAN", List.of(reason));
    }
  }

  private void show() {
    String reason = trouble();
    controls
        .board()
        .state(
            reason == null ? State.SOAKING : State.NEEDS_HUMAN,
            reason == null ? soaking() + standing() : reason);
  }

  private @Nullable String trouble() {
    if (desk.heldFor().compareTo(plan().limits().hold()) >= 0) {
      return "held for longer than " + Durations.text(plan().limits().hold());
    }
    if (undecided.isEmpty() || Waits.now().isBefore(end.plus(patience()))) {
      return null;
    }
    return "no pass at %s within %s: %s; promote, extend or rollback"
        .formatted(
            step.weight(),
            Durations.text(Duration.between(begin, end.plus(patience()))),
            undecided);
  }

  /** Beyond the soak. */
  private Duration patience() {
    JudgeSpec judge = plan().metrics().judge();
    Duration maximum = step.maximumSoak();
    return maximum != null
        ? maximum.minus(step.soak())
        : judge == null ? USUAL_PATIENCE : judge.maximumBake();
  }

  private String soaking() {
    return "soaking at %s %s %s%s"
        .formatted(
            step.weight(),
            Waits.now().isBefore(end) ? "until" : "beyond",
            Times.minute(end),
            extended);
  }

  private String standing() {
    if (passed) {
      return "; so far good";
    }
    return undecided.isEmpty() ? "; no verdict yet" : "; " + (holds ? "" : "not yet: ") + undecided;
  }
}
