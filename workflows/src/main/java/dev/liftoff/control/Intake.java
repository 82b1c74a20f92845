package dev.liftoff.control;

import dev.liftoff.Verb;
import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Receipt;
import dev.liftoff.people.Caller;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was admitted is told, given effect and answered with a receipt. */
final class Intake {
  private final Board board;
  private final Desk desk;
  private final OpenGate gate;
  private final Effects effects;

  Intake(Board board, Desk desk, OpenGate gate, Effects effects) {
    this.board = board;
    this.desk = desk;
    this.gate = gate;
    this.effects = effects;
  }

  Receipt take(Decision decision, Caller caller) {
    List<String> lines = gate.answer(decision, caller);
    board.tell(
        Kind.DECISION,
        String.valueOf(decision.who()),
        "%s at %s, as %s: %s%s"
            .formatted(
                decision.answer(),
                decision.gate(),
                caller.as(decision.role()),
                decision.reason(),
                desk.callers().remark(caller)));
    desk.tellVoid(lines);
    return receipt(
        decision.answer() + " at gate " + decision.gate() + " is recorded" + stillMissing());
  }

  private String stillMissing() {
    return gate.poll()
        .map(poll -> poll.missing(Waits.now()))
        .filter(missing -> !missing.isEmpty())
        .map(missing -> "; missing: " + missing)
        .orElse("");
  }

  Receipt take(Verb verb, Command command, Caller caller) {
    String who = String.valueOf(command.who());
    String why = command.reason() == null ? "" : ": " + command.reason();
    Optional<String> waits =
        board
            .people
            .twoPersons()
            .waits(desk.callers().policy(), verb, about(verb, command), command, caller);
    if (waits.isPresent()) {
      board.tell(Kind.COMMAND, who, waits.get() + why + desk.callers().remark(caller));
      return receipt(waits.get());
    }
    if (!effects.isSaidAgain(verb, command)) {
      board.tell(
          verb == Verb.NOTE ? Kind.NOTE : Kind.COMMAND,
          who,
          effects.said(verb, command, why)
              + acting(command, caller)
              + desk.callers().remark(caller));
    }
    return receipt(effects.of(verb, command, caller, why));
  }

  /** What two persons mean by the same verb. */
  private @Nullable String about(Verb verb, Command command) {
    if (verb == Verb.AMEND) {
      return desk.amending().digestOf(command);
    }
    return verb == Verb.SKIP || verb == Verb.RETRY ? desk.stuck().name() : null;
  }

  private static String acting(Command command, Caller caller) {
    return caller.loan() == null ? "" : " (as " + caller.as(command.role()) + ")";
  }

  private Receipt receipt(String message) {
    return new Receipt(board.id(), message, board.revision());
  }
}
