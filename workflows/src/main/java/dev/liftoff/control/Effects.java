package dev.liftoff.control;

import dev.liftoff.Halt;
import dev.liftoff.Milestone;
import dev.liftoff.Verb;
import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.board.Loans;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Caller;

/** What a command does to the launch, and the sentence that says so. */
final class Effects {
  private final Board board;
  private final Desk desk;
  private final OpenGate gate;
  private final Holding holding;

  Effects(Board board, Desk desk, OpenGate gate, Holding holding) {
    this.board = board;
    this.desk = desk;
    this.gate = gate;
    this.holding = holding;
  }

  /** What is true already is not told a second time. */
  boolean isSaidAgain(Verb verb, Command command) {
    return (verb == Verb.PRESENT && board.attendance.knows(command))
        || (verb == Verb.ACKNOWLEDGE && board.charge.knows(command))
        || (verb == Verb.AMEND && desk.amending().isInForce(command));
  }

  /** The line of the timeline. */
  String said(Verb verb, Command command, String why) {
    return switch (verb) {
      case NOTE -> String.valueOf(command.reason());
      case PRESENT -> "present as " + command.role() + why;
      case ACKNOWLEDGE -> "acknowledge the hand-over" + why;
      case ACTION ->
          command.done() != null
              ? "action item " + command.done() + " is done" + why
              : "action item for " + command.owner() + why;
      case LEND ->
          Loans.isBack(command)
              ? "%s is taken back from %s%s".formatted(command.role(), command.to(), why)
              : "%s is lent to %s until %s%s"
                  .formatted(command.role(), command.to(), command.until(), why);
      case MUTE, UNMUTE -> verb + " " + command.channel() + why;
      case RESEND -> "resend " + command.message() + why;
      case AMEND -> desk.amending().said(command, why);
      case HOLD, RESUME, PROMOTE, EXTEND, SCRUB, ROLLBACK, RESCUE, DISCARD, RETRY, SKIP ->
          verb + why;
    };
  }

  /** Does it, and answers what happens now. */
  String of(Verb verb, Command command, Caller caller, String why) {
    String who = String.valueOf(command.who());
    return switch (verb) {
      case HOLD -> {
        holding.stop(who + why);
        yield "the clock is stopped; what runs now finishes, the guard goes on; resume with resume";
      }
      case RESUME -> {
        holding.go();
        yield "the clock goes on";
      }
      case PROMOTE -> promote();
      case EXTEND -> extend(command, who + why);
      case SCRUB -> {
        desk.halt(Halt.scrub("scrubbed by " + who + why));
        yield "the launch is called off; everything is undone";
      }
      case ROLLBACK -> {
        desk.halt(Halt.rollback("rolled back by " + who + why));
        yield board.trafficMoved()
            ? "traffic goes back first, then the rest is undone"
            : "traffic has not moved; everything is undone";
      }
      case RESCUE -> rescue(command, who, why);
      case DISCARD -> {
        desk.discards().add(command);
        yield "looked up: the timeline says when " + command.database() + " is removed, or why not";
      }
      case MUTE -> board.mutes.take(command);
      case UNMUTE -> board.mutes.end(command);
      case RESEND -> board.messages.resends().take(command);
      case AMEND -> amend(command);
      case NOTE -> "noted";
      case LEND -> lend(command, caller);
      case PRESENT -> board.attendance.take(command);
      case ACKNOWLEDGE -> board.charge.take(command);
      case ACTION -> board.actions.take(command);
      case RETRY -> desk.stuck().retry();
      case SKIP -> desk.stuck().skip();
    };
  }

  private String lend(Command command, Caller caller) {
    Proof proof = command.proof();
    String key = caller.trusted() && proof != null ? proof.id() : null;
    String message = board.people.loans().take(command, key, Waits.now());
    if (Loans.isBack(command)) {
      desk.takenBack(Role.of(String.valueOf(command.role())), String.valueOf(command.to()));
    } else {
      desk.lentAgain(board.people.loans().newest());
    }
    return message;
  }

  private String extend(Command command, String who) {
    Milestone review = gate.review();
    if (review == null) {
      return desk.extension().take(command, who);
    }
    gate.close();
    return board.checkpoints.extend(review, command.duration(), who);
  }

  /** What was voted for was another plan. */
  private String amend(Command command) {
    String answer = desk.amending().take(command);
    desk.planAmended();
    return answer;
  }

  private String rescue(Command command, String who, String why) {
    if (desk.rescue().isAsked()) {
      desk.rescue().type(command);
      return "the database is rescued";
    }
    if (desk.offersTwin()) {
      return desk.stuck().takeTwin();
    }
    desk.rescue().want();
    board.database.standing.damaged();
    desk.halt(Halt.rollback("rescue asked for by " + who + why));
    return "traffic goes back first; then the rescue is planned, and waits for its numbers";
  }

  /** Where the launch held itself for want of data, this is the answer; a person's hold stays. */
  private String promote() {
    desk.promoted();
    holding.goIfItself();
    return "the rest of the wait is skipped" + (desk.isHeld() ? " once it is resumed" : "");
  }
}
