package dev.liftoff;

import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.timeline.TimelineEntry.Kind;

/** What every step of the runbook works with. */
record Controls(
    LaunchId id,
    LaunchPlan plan,
    PlanDocument document,
    Board board,
    Desk desk,
    Countdown countdown,
    Announcer announcer,
    Stubs go,
    Stubs back) {

  static Controls of(LaunchId id, LaunchPlan plan, PlanDocument document) {
    Board board = new Board(id, plan);
    Desk desk = new Desk(board);
    Stubs back = Stubs.back(plan);
    Announcer announcer = new Announcer(id, plan, back, board);
    Countdown countdown = new Countdown(plan, board, desk, announcer);
    return new Controls(
        id, plan, document, board, desk, countdown, announcer, Stubs.forward(plan), back);
  }

  /** A line in the timeline: what has been done. */
  void step(String text) {
    board.tell(Kind.STEP, "liftoff", text);
  }
}
