package dev.liftoff;

import dev.liftoff.control.Desk;
import dev.liftoff.control.Reception;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Receipt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings every update and signal to the {@link Desk}. A launch whose plan is invalid has none: it
 * ends before it could listen. A message without content arrives as null.
 */
abstract class LaunchMessages implements LaunchWorkflow {
  private @Nullable Desk desk;

  final void listen(Desk listening) {
    desk = listening;
  }

  @Override
  public final Receipt decide(@Nullable Decision decision) {
    checkDecide(decision);
    return Reception.accept(desk(), Decision.of(decision));
  }

  @Override
  public final void checkDecide(@Nullable Decision decision) {
    refuse(desk().refusal(Decision.of(decision)));
  }

  @Override
  public final void decideBySignal(@Nullable Decision typed) {
    // Throwing in a signal handler would fail the launch with the wrong reason.
    if (desk != null) {
      Reception.acceptOrShow(desk, Decision.of(typed));
    }
  }

  @Override
  public final Receipt hold(@Nullable Command command) {
    return take(Verb.HOLD, command);
  }

  @Override
  public final void checkHold(@Nullable Command command) {
    check(Verb.HOLD, command);
  }

  @Override
  public final void holdBySignal(@Nullable Command command) {
    takeOrShow(Verb.HOLD, command);
  }

  @Override
  public final Receipt resume(@Nullable Command command) {
    return take(Verb.RESUME, command);
  }

  @Override
  public final void checkResume(@Nullable Command command) {
    check(Verb.RESUME, command);
  }

  @Override
  public final void resumeBySignal(@Nullable Command command) {
    takeOrShow(Verb.RESUME, command);
  }

  @Override
  public final Receipt promote(@Nullable Command command) {
    return take(Verb.PROMOTE, command);
  }

  @Override
  public final void checkPromote(@Nullable Command command) {
    check(Verb.PROMOTE, command);
  }

  @Override
  public final void promoteBySignal(@Nullable Command command) {
    takeOrShow(Verb.PROMOTE, command);
  }

  @Override
  public final Receipt extend(@Nullable Command command) {
    return take(Verb.EXTEND, command);
  }

  @Override
  public final void checkExtend(@Nullable Command command) {
    check(Verb.EXTEND, command);
  }

  @Override
  public final void extendBySignal(@Nullable Command command) {
    takeOrShow(Verb.EXTEND, command);
  }

  @Override
  public final Receipt scrub(@Nullable Command command) {
    return take(Verb.SCRUB, command);
  }

  @Override
  public final void checkScrub(@Nullable Command command) {
    check(Verb.SCRUB, command);
  }

  @Override
  public final void scrubBySignal(@Nullable Command command) {
    takeOrShow(Verb.SCRUB, command);
  }

  @Override
  public final Receipt rollback(@Nullable Command command) {
    return take(Verb.ROLLBACK, command);
  }

  @Override
  public final void checkRollback(@Nullable Command command) {
    check(Verb.ROLLBACK, command);
  }

  @Override
  public final void rollbackBySignal(@Nullable Command command) {
    takeOrShow(Verb.ROLLBACK, command);
  }

  @Override
  public final Receipt note(@Nullable Command command) {
    return take(Verb.NOTE, command);
  }

  @Override
  public final void checkNote(@Nullable Command command) {
    check(Verb.NOTE, command);
  }

  @Override
  public final void noteBySignal(@Nullable Command command) {
    takeOrShow(Verb.NOTE, command);
  }

  @Override
  public final Receipt present(@Nullable Command command) {
    return take(Verb.PRESENT, command);
  }

  @Override
  public final void checkPresent(@Nullable Command command) {
    check(Verb.PRESENT, command);
  }

  @Override
  public final void presentBySignal(@Nullable Command command) {
    takeOrShow(Verb.PRESENT, command);
  }

  @Override
  public final Receipt acknowledge(@Nullable Command command) {
    return take(Verb.ACKNOWLEDGE, command);
  }

  @Override
  public final void checkAcknowledge(@Nullable Command command) {
    check(Verb.ACKNOWLEDGE, command);
  }

  @Override
  public final void acknowledgeBySignal(@Nullable Command command) {
    takeOrShow(Verb.ACKNOWLEDGE, command);
  }

  @Override
  public final Receipt action(@Nullable Command command) {
    return take(Verb.ACTION, command);
  }

  @Override
  public final void checkAction(@Nullable Command command) {
    check(Verb.ACTION, command);
  }

  @Override
  public final void actionBySignal(@Nullable Command command) {
    takeOrShow(Verb.ACTION, command);
  }

  @Override
  public final Receipt rescue(@Nullable Command command) {
    return take(Verb.RESCUE, command);
  }

  @Override
  public final void checkRescue(@Nullable Command command) {
    check(Verb.RESCUE, command);
  }

  @Override
  public final void rescueBySignal(@Nullable Command command) {
    takeOrShow(Verb.RESCUE, command);
  }

  @Override
  public final Receipt discard(@Nullable Command command) {
    return take(Verb.DISCARD, command);
  }

  @Override
  public final void checkDiscard(@Nullable Command command) {
    check(Verb.DISCARD, command);
  }

  @Override
  public final void discardBySignal(@Nullable Command command) {
    takeOrShow(Verb.DISCARD, command);
  }

  @Override
  public final Receipt mute(@Nullable Command command) {
    return take(Verb.MUTE, command);
  }

  @Override
  public final void checkMute(@Nullable Command command) {
    check(Verb.MUTE, command);
  }

  @Override
  public final void muteBySignal(@Nullable Command command) {
    takeOrShow(Verb.MUTE, command);
  }

  @Override
  public final Receipt unmute(@Nullable Command command) {
    return take(Verb.UNMUTE, command);
  }

  @Override
  public final void checkUnmute(@Nullable Command command) {
    check(Verb.UNMUTE, command);
  }

  @Override
  public final void unmuteBySignal(@Nullable Command command) {
    takeOrShow(Verb.UNMUTE, command);
  }

  @Override
  public final Receipt resend(@Nullable Command command) {
    return take(Verb.RESEND, command);
  }

  @Override
  public final void checkResend(@Nullable Command command) {
    check(Verb.RESEND, command);
  }

  @Override
  public final void resendBySignal(@Nullable Command command) {
    takeOrShow(Verb.RESEND, command);
  }

  @Override
  public final Receipt amend(@Nullable Command command) {
    return take(Verb.AMEND, command);
  }

  @Override
  public final void checkAmend(@Nullable Command command) {
    check(Verb.AMEND, command);
  }

  @Override
  public final void amendBySignal(@Nullable Command command) {
    takeOrShow(Verb.AMEND, command);
  }

  @Override
  public final Receipt retry(@Nullable Command command) {
    return take(Verb.RETRY, command);
  }

  @Override
  public final void checkRetry(@Nullable Command command) {
    check(Verb.RETRY, command);
  }

  @Override
  public final void retryBySignal(@Nullable Command command) {
    takeOrShow(Verb.RETRY, command);
  }

  @Override
  public final Receipt skip(@Nullable Command command) {
    return take(Verb.SKIP, command);
  }

  @Override
  public final void checkSkip(@Nullable Command command) {
    check(Verb.SKIP, command);
  }

  @Override
  public final void skipBySignal(@Nullable Command command) {
    takeOrShow(Verb.SKIP, command);
  }

  @Override
  public final Receipt lend(@Nullable Command command) {
    return take(Verb.LEND, command);
  }

  @Override
  public final void checkLend(@Nullable Command command) {
    check(Verb.LEND, command);
  }

  @Override
  public final void lendBySignal(@Nullable Command command) {
    takeOrShow(Verb.LEND, command);
  }

  private Receipt take(Verb verb, @Nullable Command command) {
    check(verb, command);
    return Reception.accept(desk(), verb, Command.of(command));
  }

  private void check(Verb verb, @Nullable Command command) {
    refuse(desk().refusal(verb, Command.of(command)));
  }

  private void takeOrShow(Verb verb, @Nullable Command command) {
    if (desk != null) {
      Reception.acceptOrShow(desk, verb, Command.of(command));
    }
  }

  private Desk desk() {
    if (desk == null) {
      throw Refusals.failure("the launch has no valid plan and ends");
    }
    return desk;
  }

  private static void refuse(Optional<String> refusal) {
    if (refusal.isPresent()) {
      throw Refusals.failure(refusal.get());
    }
  }
}
