package dev.liftoff.control;

import dev.liftoff.Refusals;
import dev.liftoff.Verb;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Receipt;
import dev.liftoff.people.Caller;
import java.util.Optional;

/**
 * A message on its way to the desk. Who it is from can take a moment to find out, and the launch
 * goes on meanwhile: what spoke against nothing before is asked again after.
 */
public final class Reception {
  private Reception() {}

  /** After nothing spoke against it. */
  public static Receipt accept(Desk desk, Decision decision) {
    int amendments = desk.amending().count();
    Caller caller = desk.callers().of(decision);
    Optional<String> refusal = refusal(desk, decision, caller, amendments);
    if (refusal.isPresent()) {
      desk.refused(decision.who(), "decide", refusal.get());
      throw Refusals.failure(refusal.get());
    }
    return desk.intake().take(decision, caller);
  }

  public static void acceptOrShow(Desk desk, Decision decision) {
    Optional<String> early = desk.refusal(decision);
    if (early.isPresent()) {
      desk.callers().refused(decision.who(), "decide", early.get());
      return;
    }
    int amendments = desk.amending().count();
    Caller caller = desk.callers().of(decision);
    refusal(desk, decision, caller, amendments)
        .ifPresentOrElse(
            why -> desk.callers().refused(decision.who(), "decide", why),
            () -> desk.intake().take(decision, caller));
  }

  /** After nothing spoke against it. */
  public static Receipt accept(Desk desk, Verb verb, Command command) {
    if (desk.callers().isAtOnce(verb)) {
      return atOnce(desk, verb, command);
    }
    Caller caller = desk.callers().of(verb, command);
    Optional<String> refusal = refusal(desk, verb, command, caller);
    if (refusal.isPresent()) {
      desk.refused(command.who(), verb.toString(), refusal.get());
      throw Refusals.failure(refusal.get());
    }
    return desk.intake().take(verb, command, caller);
  }

  public static void acceptOrShow(Desk desk, Verb verb, Command command) {
    Optional<String> early = desk.refusal(verb, command);
    if (early.isPresent()) {
      desk.callers().refused(command.who(), verb.toString(), early.get());
    } else if (desk.callers().isAtOnce(verb)) {
      atOnce(desk, verb, command);
    } else {
      Caller caller = desk.callers().of(verb, command);
      refusal(desk, verb, command, caller)
          .ifPresentOrElse(
              why -> desk.callers().refused(command.who(), verb.toString(), why),
              () -> desk.intake().take(verb, command, caller));
    }
  }

  private static Receipt atOnce(Desk desk, Verb verb, Command command) {
    Receipt receipt = desk.intake().take(verb, command, desk.callers().unknown(verb, command));
    desk.callers().confirm(verb, command);
    return receipt;
  }

  private static Optional<String> refusal(
      Desk desk, Decision decision, Caller caller, int amendments) {
    return Refusals.firstOf(
        desk.callers().refusal(String.valueOf(decision.gate()), caller),
        Refusals.when(
            desk.amending().count() != amendments,
            "the plan was amended while the proof was looked at: look again, then decide"),
        decision.proof() == null ? Optional.empty() : desk.stillRefused(decision));
  }

  private static Optional<String> refusal(Desk desk, Verb verb, Command command, Caller caller) {
    return Refusals.firstOf(
        desk.callers().refusal(verb.toString(), caller),
        command.proof() == null ? Optional.empty() : desk.stillRefused(verb, command));
  }
}
