package dev.liftoff.control;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.missing;
import static dev.liftoff.Refusals.person;
import static dev.liftoff.Refusals.when;

import dev.liftoff.Milestone;
import dev.liftoff.Verb;
import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Role;
import dev.liftoff.status.LaunchStatus.State;
import java.util.Optional;

/** Which commands and decisions a launch takes now, and the sentence by which it refuses others. */
final class Admission {
  private static final String WAY_BACK = "the way back runs already";

  private final Board board;
  private final Desk desk;
  private final OpenGate gate;

  Admission(Board board, Desk desk, OpenGate gate) {
    this.board = board;
    this.desk = desk;
    this.gate = gate;
  }

  Optional<String> refusal(Decision decision) {
    String launch = decision.launch();
    if (launch == null) {
      return Optional.of("launch is missing: name the launch that you decide on, " + board.id());
    }
    return firstOf(otherLaunch(launch), over(), goesBack(WAY_BACK), gate.refusal(decision));
  }

  Optional<String> refusal(Verb verb, Command command) {
    String launch = command.launch();
    return firstOf(
        launch == null ? Optional.empty() : otherLaunch(launch),
        over(),
        person(command.who(), command.role()),
        verb.needsReason() ? missing("reason", command.reason()) : Optional.empty(),
        desk.callers().policy().refusal(verb, String.valueOf(command.role())),
        impossible(verb, command));
  }

  private Optional<String> impossible(Verb verb, Command command) {
    return switch (verb) {
      case HOLD ->
          firstOf(
              goesBack("the way back runs and is not held"),
              when(desk.isHeld(), "it is held already, by " + desk.heldBy()));
      case RESUME -> firstOf(goesBack(WAY_BACK), notHeld());
      case PROMOTE ->
          firstOf(
              goesBack(WAY_BACK),
              when(
                  !desk.isPromotable(),
                  "nothing is soaking: promote skips the rest of a soak, or of a wait after T+0"));
      case EXTEND -> firstOf(goesBack(WAY_BACK), extend(command));
      case SCRUB ->
          firstOf(
              goesBack(WAY_BACK), when(board.trafficMoved(), "traffic has moved: use rollback"));
      case ROLLBACK ->
          firstOf(
              goesBack(WAY_BACK),
              when(
                  board.isSettled(),
                  "the launch is settled and the old version is gone: launch the old version"
                      + " instead"));
      case RESCUE -> rescue(command);
      case DISCARD -> discard(command);
      case MUTE -> board.mutes.refusal(command);
      case UNMUTE -> board.mutes.refusalToEnd(command);
      case RESEND -> board.messages.resends().refusal(command);
      case AMEND -> firstOf(goesBack(WAY_BACK), desk.amending().refusal(command, desk.callers()));
      case NOTE -> Optional.empty();
      case LEND -> board.people.loans().refusal(command, Waits.now());
      case PRESENT ->
          firstOf(goesBack(WAY_BACK), board.attendance.refusal(command, board.milestone()));
      case ACKNOWLEDGE -> firstOf(goesBack(WAY_BACK), board.charge.refusal(command));
      case ACTION -> board.actions.refusal(command);
      case RETRY ->
          firstOf(
              when(
                  desk.rescue().isAsked(),
                  "a rescue waits for its numbers: type them with rescue, or skip"),
              desk.stuck().refusal(command.step()));
      case SKIP -> desk.stuck().refusal(command.step());
    };
  }

  private Optional<String> rescue(Command command) {
    if (desk.rescue().isAsked()) {
      return desk.rescue().refusal(command);
    }
    if (desk.offersTwin()) {
      return Optional.empty();
    }
    return firstOf(
        goesBack(WAY_BACK),
        when(board.isSettled(), "the launch is settled: its twin is no way back any more"),
        desk.rescue().impossible());
  }

  private Optional<String> extend(Command command) {
    Milestone review = gate.review();
    return review == null
        ? desk.extension().refusal(command)
        : firstOf(
            gate.notYours(command.role()), board.checkpoints.refusal(review, command.duration()));
  }

  private Optional<String> discard(Command command) {
    return firstOf(
        when(
            !Role.COMMANDER.word().equals(command.role()),
            "what was ever live is given up by the commander alone, not by " + command.role()),
        when(!board.hasDatabase(), "the plan has no database"),
        when(
            command.database() == null,
            "database is missing: type the name of the kept database, as the timeline shows it"));
  }

  private Optional<String> notHeld() {
    if (board.attendance.isOpen() && !desk.isHeld()) {
      return Optional.of(
          "it waits at the briefing for %s, who says present"
              .formatted(board.attendance.missingRequired()));
    }
    return when(
        !desk.isHeld(),
        board.state() == State.HELD
            ? "it waits for a decision: " + gate.openNow()
            : "it is not held");
  }

  private Optional<String> goesBack(String sentence) {
    return when(board.isGoingBack() || desk.halt() != null, sentence);
  }

  private Optional<String> otherLaunch(String launch) {
    return when(
        !launch.equals(board.id().toString()), "this is launch " + board.id() + ", not " + launch);
  }

  private Optional<String> over() {
    return when(board.state() == State.ENDED, "the launch has ended");
  }
}
