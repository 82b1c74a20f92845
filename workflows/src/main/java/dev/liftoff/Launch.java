package dev.liftoff;

import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.timeline.TimelineEntry;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One launch from its first line to its outcome: the runbook, and the way back from wherever it
 * stops.
 */
final class Launch {
  private final LaunchId id;
  private final Board board;
  private final Desk desk;
  private final Announcer announcer;
  private final Countdown countdown;
  private final Runbook runbook;

  Launch(LaunchId id, LaunchPlan plan) {
    this.id = id;
    board = new Board(id, plan);
    desk = new Desk(board);
    announcer = new Announcer(id, Stubs.back(plan), board);
    countdown = new Countdown(plan, board, desk, announcer);
    Watcher watcher = new Watcher(id, plan, Stubs.forward(plan), board, desk, announcer);
    runbook = new Runbook(id, plan, board, countdown, watcher, announcer);
  }

  Board board() {
    return board;
  }

  Desk desk() {
    return desk;
  }

  Outcome run() {
    board.open();
    CancellationScope scope = Workflow.newCancellationScope(runbook::run);
    desk.interruptBy(() -> scope.cancel("called off"));
    try {
      scope.run();
      return end("launched", new Outcome.Launched(id.version(), runbook.leftovers()), "");
    } catch (Halt halt) {
      return back(halt);
    } catch (TemporalFailure failure) {
      Halt called = desk.halt();
      if (called == null && failure instanceof CanceledFailure cancelled) {
        throw cancelled(cancelled);
      }
      return back(called == null ? Halt.rollback(Reasons.of(failure)) : called);
    }
  }

  private Outcome back(Halt halt) {
    Milestone at = reached();
    List<String> leftovers = undo(halt.reason());
    return switch (halt.kind()) {
      case SCRUB ->
          end("scrubbed", new Outcome.Scrubbed(at, halt.reason(), leftovers), halt.reason());
      case ROLLBACK ->
          end("rolled-back", new Outcome.RolledBack(at, halt.reason(), leftovers), halt.reason());
    };
  }

  /** Cancelled from Temporal: everything is undone, and then it ends as what it was asked to be. */
  private CanceledFailure cancelled(CanceledFailure request) {
    undo("cancelled from Temporal");
    detached(() -> end("cancelled", null, "cancelled from Temporal"));
    return request;
  }

  /** In a scope of its own: the one that was cancelled stays cancelled, and would do nothing. */
  private List<String> undo(String reason) {
    board.rollingBack(reason);
    board.tell(TimelineEntry.Kind.TROUBLE, "liftoff", "way back: " + reason);
    announcer.announce(
        Severity.CRITICAL, board.trafficMoved() ? "ROLLING BACK" : "CALLED OFF", List.of(reason));
    List<List<String>> leftovers = new java.util.ArrayList<>();
    detached(() -> leftovers.add(board.rollback.run(this::askAbout)));
    return leftovers.getFirst();
  }

  private boolean askAbout(String undo, String reason) {
    desk.ask(undo);
    countdown.askForHelp(
        "undo '" + undo + "' cannot finish: " + reason + "; decide retry or skip",
        desk::hasResolution);
    board.rollingBack("goes on");
    return desk.takeResolution();
  }

  private Outcome end(String word, @Nullable Outcome outcome, String reason) {
    announcer.announce(
        Severity.INFORMATION,
        word.toUpperCase(java.util.Locale.ROOT),
        List.of(id.toString(), reason));
    detached(() -> {
      announcer.finish();
      board.ended(word, outcome, reason);
      Workflow.await(Workflow::isEveryHandlerFinished);
    });
    return outcome == null ? new Outcome.Scrubbed(reached(), reason, List.of()) : outcome;
  }

  private Milestone reached() {
    Milestone at = board.milestone();
    return at == null ? Milestone.READINESS : at;
  }

  private static void detached(Runnable work) {
    Workflow.newDetachedCancellationScope(work).run();
  }
}
