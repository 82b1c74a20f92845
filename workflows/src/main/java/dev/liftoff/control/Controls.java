package dev.liftoff.control;

import dev.liftoff.LaunchId;
import dev.liftoff.Stubs;
import dev.liftoff.board.Board;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanInForce;
import dev.liftoff.timeline.TimelineEntry.Kind;

/** What every step of the runbook works with. */
public record Controls(
    LaunchId id,
    PlanInForce inForce,
    Board board,
    Desk desk,
    Countdown countdown,
    Announcer announcer,
    Stubs go,
    Stubs back) {

  public static Controls of(LaunchId id, LaunchPlan plan, PlanDocument document) {
    PlanInForce inForce = new PlanInForce(plan, document);
    Board board = new Board(id, inForce);
    Stubs back = Stubs.back(inForce);
    Announcer announcer = new Announcer(id, inForce, back, board);
    Desk desk = new Desk(board, new Amending(inForce, board, announcer));
    Countdown countdown = new Countdown(inForce, board, desk, announcer);
    return new Controls(
        id, inForce, board, desk, countdown, announcer, Stubs.forward(inForce), back);
  }

  /** As it is now: it can be amended, so nobody keeps it. */
  public LaunchPlan plan() {
    return inForce.now();
  }

  public PlanDocument document() {
    return inForce.document();
  }

  /** A line in the timeline: what has been done. */
  public void step(String text) {
    board.tell(Kind.STEP, "liftoff", text);
  }
}
