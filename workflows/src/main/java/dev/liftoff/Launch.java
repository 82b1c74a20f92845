package dev.liftoff;

import dev.liftoff.board.Board;
import dev.liftoff.control.Announcer;
import dev.liftoff.control.Controls;
import dev.liftoff.control.Countdown;
import dev.liftoff.control.Desk;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.Exposure;
import dev.liftoff.timeline.TimelineEntry;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One launch from its first line to its outcome: the runbook, and the way back from wherever it
 * stops.
 */
final class Launch {
  private static final Duration COUNTING = Duration.ofMinutes(1);

  private final LaunchId id;
  private final Controls controls;
  private final Board board;
  private final Desk desk;
  private final Announcer announcer;
  private final Countdown countdown;
  private final Runbook runbook;
  private final Rescues rescues;
  private final Acknowledgement acknowledgement;
  private final Keeping keeping;

  Launch(LaunchId id, LaunchPlan plan, PlanDocument document) {
    this.id = id;
    controls = Controls.of(id, plan, document);
    board = controls.board();
    desk = controls.desk();
    announcer = controls.announcer();
    countdown = controls.countdown();
    runbook = new Runbook(controls);
    rescues = new Rescues(controls);
    acknowledgement = new Acknowledgement(controls);
    keeping = new Keeping(controls);
  }

  Board board() {
    return board;
  }

  /** The one in force. */
  PlanDocument plan() {
    return controls.document();
  }

  Desk desk() {
    return desk;
  }

  Outcome run() {
    board.open();
    keeping.listen();
    CancellationScope scope = Workflow.newCancellationScope(this::runbook);
    desk.interruptBy(() -> scope.cancel("called off"));
    try {
      scope.run();
    } catch (Halt halt) {
      // The guard is in this scope, and must not watch the way back.
      scope.cancel("the way back runs");
      return back(halt);
    } catch (TemporalFailure failure) {
      scope.cancel("the way back runs");
      return back(reason(failure));
    }
    return end("launched", new Outcome.Launched(id.version(), runbook.leftovers()), "");
  }

  private void runbook() {
    desk.callers().begin();
    runbook.run();
  }

  /** A command or the guard interrupts by a cancellation too: theirs is the reason to tell. */
  private Halt reason(TemporalFailure failure) {
    Halt called = desk.halt();
    if (called != null) {
      return called;
    }
    return CancellationScope.current().isCancelRequested()
        ? Halt.cancel()
        : Halt.rollback(Reasons.of(failure));
  }

  private Outcome back(Halt halt) {
    Milestone at = reached();
    String reason = halt.reason();
    List<String> leftovers = board.isSettled() ? List.of() : undo(reason);
    return switch (halt.kind()) {
      case SCRUB -> end("scrubbed", new Outcome.Scrubbed(at, reason, leftovers), reason);
      case ROLLBACK -> end("rolled-back", new Outcome.RolledBack(at, reason, leftovers), reason);
      case CANCEL -> throw cancelled(reason);
    };
  }

  private CanceledFailure cancelled(String reason) {
    close(
        "cancelled",
        null,
        board.isSettled() ? reason + " after it was settled: " + id.version() + " stays" : reason);
    return new CanceledFailure(reason);
  }

  /** In a scope of its own: the one that was cancelled stays cancelled, and would do nothing. */
  private List<String> undo(String reason) {
    board.rollingBack(reason);
    if (board.trafficMoved()) {
      board.exposure.decide(Waits.now(), reason);
    }
    board.tell(TimelineEntry.Kind.TROUBLE, "liftoff", "way back: " + reason);
    boolean moved = board.trafficMoved();
    announcer.announce(
        moved ? Occasion.ROLLING_BACK : Occasion.CALLED_OFF,
        Severity.CRITICAL,
        moved ? "ROLLING BACK" : "CALLED OFF",
        withExposure(List.of(reason)));
    List<String> leftovers = new ArrayList<>();
    detached(() -> {
      leftovers.addAll(board.rollback.run(this::askAbout));
      leftovers.addAll(rescued());
      leftovers.addAll(acknowledgement.run());
    });
    return leftovers;
  }

  /** A rescue that cannot be planned or carried out changes nothing, and is told. */
  private List<String> rescued() {
    try {
      return rescues.run();
    } catch (TemporalFailure failure) {
      return List.of("rescue the database: " + Reasons.of(failure));
    }
  }

  private boolean askAbout(String undo, String reason) {
    desk.stuck().ask(undo);
    countdown.askForHelp(
        "undo '" + undo + "' cannot finish: " + reason + "; decide retry or skip",
        desk.stuck()::isDecided);
    board.rollingBack("the way back goes on after '" + undo + "'");
    return desk.stuck().take();
  }

  private Outcome end(String word, Outcome outcome, String reason) {
    close(word, outcome, reason);
    return outcome;
  }

  private void close(String word, @Nullable Outcome outcome, String reason) {
    detached(this::countExposure);
    announcer.announce(
        occasion(outcome),
        Severity.INFORMATION,
        word.toUpperCase(Locale.ROOT),
        withExposure(lastFacts(outcome, reason)));
    detached(() -> {
      announcer.finish();
      Workflow.await(keeping::isIdle);
      board.ended(word, outcome, reason);
      Workflow.await(Workflow::isEveryHandlerFinished);
    });
  }

  /** Traffic is back long since: what is still counted is only told later. */
  private void countExposure() {
    Waits.until("last count", COUNTING, board.exposure::isClosed);
    Exposure exposure = board.exposure.exposure();
    if (exposure != null && exposure.trafficBack() != null) {
      board.tell(TimelineEntry.Kind.STEP, "liftoff", exposure.sentence());
      exposure.lines().forEach(line -> board.tell(TimelineEntry.Kind.STEP, "liftoff", line));
    }
  }

  private List<String> withExposure(List<String> facts) {
    Exposure exposure = board.exposure.exposure();
    List<String> all = new ArrayList<>(facts);
    if (exposure != null) {
      all.add(exposure.sentence());
    }
    return all;
  }

  private List<String> lastFacts(@Nullable Outcome outcome, String reason) {
    List<String> facts = new ArrayList<>(List.of(id.toString(), reason));
    if (outcome != null) {
      facts.addAll(outcome.leftovers());
    }
    return facts;
  }

  /** Who is told that it went back must not believe that all is well again. */
  private static Occasion occasion(@Nullable Outcome outcome) {
    return switch (outcome) {
      case null -> Occasion.CANCELLED;
      case Outcome.Launched _ -> Occasion.LAUNCHED;
      case Outcome.RolledBack back ->
          back.leftovers().isEmpty() ? Occasion.ROLLED_BACK : Occasion.LEFT_BEHIND;
      case Outcome.Scrubbed scrubbed ->
          scrubbed.leftovers().isEmpty() ? Occasion.SCRUBBED : Occasion.LEFT_BEHIND;
    };
  }

  private Milestone reached() {
    Milestone at = board.milestone();
    return at == null ? Milestone.READINESS : at;
  }

  private static void detached(Runnable work) {
    Workflow.newDetachedCancellationScope(work).run();
  }
}
