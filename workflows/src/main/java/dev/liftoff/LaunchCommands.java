package dev.liftoff;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Receipt;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;

/**
 * What people can tell a launch. Each verb is an update, which answers at once and refuses with a
 * sentence, and a signal of the same name, which is stored by Temporal even when no worker is up; a
 * refused signal is shown in the timeline.
 */
public interface LaunchCommands {
  String PERSON = "{\"who\":\"ann\",\"role\":\"commander\",\"reason\":\"...\"}";
  String RESCUE =
      "{\"who\":\"ann\",\"role\":\"commander\",\"reason\":\"...\",\"numbers\":\"1 2 3 4\"}";
  String DISCARD =
      "{\"who\":\"ann\",\"role\":\"commander\",\"reason\":\"...\",\"database\":\"shop__post_0123456789ab\"}";
  String EXTEND =
      "{\"who\":\"ann\",\"role\":\"commander\",\"reason\":\"...\",\"duration\":\"30m\"}";
  String LEND =
      "{\"who\":\"ann\",\"role\":\"commander\",\"to\":\"bob\",\"until\":\"2026-11-20T18:00:00Z\"}";
  String ACTION =
      "{\"who\":\"ann\",\"role\":\"commander\",\"reason\":\"what is to be done\",\"owner\":\"bob\",\"due\":\"2026-12-01\"} or {\"who\":\"ann\",\"role\":\"commander\",\"done\":\"1\"}";
  String MUTE =
      "{\"who\":\"ann\",\"role\":\"communication\",\"reason\":\"...\",\"channel\":\"slack\",\"duration\":\"30m\"}";
  String UNMUTE = "{\"who\":\"ann\",\"role\":\"communication\",\"channel\":\"slack\"}";
  String RESEND =
      "{\"who\":\"ann\",\"role\":\"communication\",\"reason\":\"...\",\"message\":\"7-validation-15m-validated\"}";
  String AMENDMENT =
      "{\"launch\":\"...\",\"who\":\"ann\",\"role\":\"commander\",\"reason\":\"...\",\"seen\":\"digest of the plan in force\",\"plan\":{...}}";
  String ANSWER =
      "{\"launch\":\"...\",\"gate\":\"go-live\",\"answer\":\"go\",\"who\":\"ann\",\"role\":\"commander\",\"reason\":\"...\"}";

  @UpdateMethod(name = "decide", description = "GO or NO-GO at the open gate: " + ANSWER)
  Receipt decide(Decision decision);

  @UpdateValidatorMethod(updateName = "decide")
  void checkDecide(Decision decision);

  @SignalMethod(name = "decide", description = "GO or NO-GO at the open gate: " + ANSWER)
  void decideBySignal(Decision decision);

  @UpdateMethod(
      name = "hold",
      description = "HOLD: stop the clock; the guard goes on watching. " + PERSON)
  Receipt hold(Command command);

  @UpdateValidatorMethod(updateName = "hold")
  void checkHold(Command command);

  @SignalMethod(
      name = "hold",
      description = "HOLD: stop the clock; the guard goes on watching. " + PERSON)
  void holdBySignal(Command command);

  @UpdateMethod(name = "resume", description = "RESUME: go on after a hold. " + PERSON)
  Receipt resume(Command command);

  @UpdateValidatorMethod(updateName = "resume")
  void checkResume(Command command);

  @SignalMethod(name = "resume", description = "RESUME: go on after a hold. " + PERSON)
  void resumeBySignal(Command command);

  @UpdateMethod(
      name = "promote",
      description = "PROMOTE: skip the rest of the soak or of the wait after T+0. " + PERSON)
  Receipt promote(Command command);

  @UpdateValidatorMethod(updateName = "promote")
  void checkPromote(Command command);

  @SignalMethod(
      name = "promote",
      description = "PROMOTE: skip the rest of the soak or of the wait after T+0. " + PERSON)
  void promoteBySignal(Command command);

  @UpdateMethod(
      name = "extend",
      description =
          "EXTEND: more time for the step that soaks, 30m if nothing is said; at an open review another checkpoint, where it asks again. "
              + EXTEND)
  Receipt extend(Command command);

  @UpdateValidatorMethod(updateName = "extend")
  void checkExtend(Command command);

  @SignalMethod(
      name = "extend",
      description =
          "EXTEND: more time for the step that soaks, 30m if nothing is said; at an open review another checkpoint, where it asks again. "
              + EXTEND)
  void extendBySignal(Command command);

  @UpdateMethod(
      name = "scrub",
      description = "SCRUB: call the launch off before traffic has moved. " + PERSON)
  Receipt scrub(Command command);

  @UpdateValidatorMethod(updateName = "scrub")
  void checkScrub(Command command);

  @SignalMethod(
      name = "scrub",
      description = "SCRUB: call the launch off before traffic has moved. " + PERSON)
  void scrubBySignal(Command command);

  @UpdateMethod(
      name = "rollback",
      description = "ROLLBACK: undo everything, traffic first. " + PERSON)
  Receipt rollback(Command command);

  @UpdateValidatorMethod(updateName = "rollback")
  void checkRollback(Command command);

  @SignalMethod(
      name = "rollback",
      description = "ROLLBACK: undo everything, traffic first. " + PERSON)
  void rollbackBySignal(Command command);

  @UpdateMethod(name = "note", description = "NOTE: write a line into the timeline. " + PERSON)
  Receipt note(Command command);

  @UpdateValidatorMethod(updateName = "note")
  void checkNote(Command command);

  @SignalMethod(name = "note", description = "NOTE: write a line into the timeline. " + PERSON)
  void noteBySignal(Command command);

  @UpdateMethod(
      name = "present",
      description =
          "PRESENT: I am here, in this role; from readiness until the briefing is over. " + PERSON)
  Receipt present(Command command);

  @UpdateValidatorMethod(updateName = "present")
  void checkPresent(Command command);

  @SignalMethod(
      name = "present",
      description =
          "PRESENT: I am here, in this role; from readiness until the briefing is over. " + PERSON)
  void presentBySignal(Command command);

  @UpdateMethod(
      name = "acknowledge",
      description = "ACKNOWLEDGE the hand-over: I have the launch now. " + PERSON)
  Receipt acknowledge(Command command);

  @UpdateValidatorMethod(updateName = "acknowledge")
  void checkAcknowledge(Command command);

  @SignalMethod(
      name = "acknowledge",
      description = "ACKNOWLEDGE the hand-over: I have the launch now. " + PERSON)
  void acknowledgeBySignal(Command command);

  @UpdateMethod(
      name = "action",
      description =
          "ACTION item: what is to be done after the launch, and by whom; or the number of one that is done. "
              + ACTION)
  Receipt action(Command command);

  @UpdateValidatorMethod(updateName = "action")
  void checkAction(Command command);

  @SignalMethod(
      name = "action",
      description =
          "ACTION item: what is to be done after the launch, and by whom; or the number of one that is done. "
              + ACTION)
  void actionBySignal(Command command);

  @UpdateMethod(
      name = "rescue",
      description =
          "RESCUE: bring back the database of before the migration, with all rows written since; a second time with the plan's numbers. "
              + RESCUE)
  Receipt rescue(Command command);

  @UpdateValidatorMethod(updateName = "rescue")
  void checkRescue(Command command);

  @SignalMethod(
      name = "rescue",
      description =
          "RESCUE: bring back the database of before the migration, with all rows written since; a second time with the plan's numbers. "
              + RESCUE)
  void rescueBySignal(Command command);

  @UpdateMethod(
      name = "discard",
      description =
          "DISCARD: give up the database that a rescue or a put back kept; it is removed after the time that the plan says. "
              + DISCARD)
  Receipt discard(Command command);

  @UpdateValidatorMethod(updateName = "discard")
  void checkDiscard(Command command);

  @SignalMethod(
      name = "discard",
      description =
          "DISCARD: give up the database that a rescue or a put back kept; it is removed after the time that the plan says. "
              + DISCARD)
  void discardBySignal(Command command);

  @UpdateMethod(
      name = "mute",
      description =
          "MUTE a kind of channel, until the launch ends or for a time; pages never are. " + MUTE)
  Receipt mute(Command command);

  @UpdateValidatorMethod(updateName = "mute")
  void checkMute(Command command);

  @SignalMethod(
      name = "mute",
      description =
          "MUTE a kind of channel, until the launch ends or for a time; pages never are. " + MUTE)
  void muteBySignal(Command command);

  @UpdateMethod(
      name = "unmute",
      description =
          "UNMUTE it: the newest that was held back is told, and names the others. " + UNMUTE)
  Receipt unmute(Command command);

  @UpdateValidatorMethod(updateName = "unmute")
  void checkUnmute(Command command);

  @SignalMethod(
      name = "unmute",
      description =
          "UNMUTE it: the newest that was held back is told, and names the others. " + UNMUTE)
  void unmuteBySignal(Command command);

  @UpdateMethod(
      name = "resend",
      description =
          "RESEND a message that failed, expired or is ambiguous, marked as a repeat. " + RESEND)
  Receipt resend(Command command);

  @UpdateValidatorMethod(updateName = "resend")
  void checkResend(Command command);

  @SignalMethod(
      name = "resend",
      description =
          "RESEND a message that failed, expired or is ambiguous, marked as a repeat. " + RESEND)
  void resendBySignal(Command command);

  @UpdateMethod(
      name = "amend",
      description =
          "AMEND the plan: gates and steps that are still to come, limits, notifications; all or nothing. "
              + AMENDMENT)
  Receipt amend(Command command);

  @UpdateValidatorMethod(updateName = "amend")
  void checkAmend(Command command);

  @SignalMethod(
      name = "amend",
      description =
          "AMEND the plan: gates and steps that are still to come, limits, notifications; all or nothing. "
              + AMENDMENT)
  void amendBySignal(Command command);

  @UpdateMethod(name = "retry", description = "RETRY the undo that could not finish. " + PERSON)
  Receipt retry(Command command);

  @UpdateValidatorMethod(updateName = "retry")
  void checkRetry(Command command);

  @SignalMethod(name = "retry", description = "RETRY the undo that could not finish. " + PERSON)
  void retryBySignal(Command command);

  @UpdateMethod(
      name = "skip",
      description = "SKIP the undo that could not finish; it is reported as left behind. " + PERSON)
  Receipt skip(Command command);

  @UpdateValidatorMethod(updateName = "skip")
  void checkSkip(Command command);

  @SignalMethod(
      name = "skip",
      description = "SKIP the undo that could not finish; it is reported as left behind. " + PERSON)
  void skipBySignal(Command command);

  @UpdateMethod(
      name = "lend",
      description =
          "LEND: somebody acts in your role until then; \"until\":\"now\" takes it back. " + LEND)
  Receipt lend(Command command);

  @UpdateValidatorMethod(updateName = "lend")
  void checkLend(Command command);

  @SignalMethod(
      name = "lend",
      description =
          "LEND: somebody acts in your role until then; \"until\":\"now\" takes it back. " + LEND)
  void lendBySignal(Command command);
}
