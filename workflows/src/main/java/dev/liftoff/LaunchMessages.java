package dev.liftoff;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Receipt;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings every update and signal to the {@link Desk}. A launch whose plan is invalid has none: it
 * ends before it could listen.
 */
abstract class LaunchMessages implements LaunchWorkflow {
  private static final String REFUSED = "REFUSED";
  private @Nullable Desk desk;

  final void listen(Desk listening) {
    desk = listening;
  }

  @Override
  public final Receipt decide(Decision decision) {
    checkDecide(decision);
    return desk().take(decision);
  }

  @Override
  public final void checkDecide(Decision decision) {
    refuse(desk().refusal(decision));
  }

  @Override
  public final void decideBySignal(Decision decision) {
    Optional<String> refusal = desk().refusal(decision);
    refusal.ifPresentOrElse(
        why -> desk().refused(name(decision.who()), "decide", why), () -> desk().take(decision));
  }

  @Override
  public final Receipt hold(Command command) {
    return take(Verb.HOLD, command);
  }

  @Override
  public final void checkHold(Command command) {
    refuse(desk().refusal(Verb.HOLD, command));
  }

  @Override
  public final void holdBySignal(Command command) {
    takeOrShow(Verb.HOLD, command);
  }

  @Override
  public final Receipt resume(Command command) {
    return take(Verb.RESUME, command);
  }

  @Override
  public final void checkResume(Command command) {
    refuse(desk().refusal(Verb.RESUME, command));
  }

  @Override
  public final void resumeBySignal(Command command) {
    takeOrShow(Verb.RESUME, command);
  }

  @Override
  public final Receipt promote(Command command) {
    return take(Verb.PROMOTE, command);
  }

  @Override
  public final void checkPromote(Command command) {
    refuse(desk().refusal(Verb.PROMOTE, command));
  }

  @Override
  public final void promoteBySignal(Command command) {
    takeOrShow(Verb.PROMOTE, command);
  }

  @Override
  public final Receipt scrub(Command command) {
    return take(Verb.SCRUB, command);
  }

  @Override
  public final void checkScrub(Command command) {
    refuse(desk().refusal(Verb.SCRUB, command));
  }

  @Override
  public final void scrubBySignal(Command command) {
    takeOrShow(Verb.SCRUB, command);
  }

  @Override
  public final Receipt rollback(Command command) {
    return take(Verb.ROLLBACK, command);
  }

  @Override
  public final void checkRollback(Command command) {
    refuse(desk().refusal(Verb.ROLLBACK, command));
  }

  @Override
  public final void rollbackBySignal(Command command) {
    takeOrShow(Verb.ROLLBACK, command);
  }

  @Override
  public final Receipt note(Command command) {
    return take(Verb.NOTE, command);
  }

  @Override
  public final void checkNote(Command command) {
    refuse(desk().refusal(Verb.NOTE, command));
  }

  @Override
  public final void noteBySignal(Command command) {
    takeOrShow(Verb.NOTE, command);
  }

  @Override
  public final Receipt retry(Command command) {
    return take(Verb.RETRY, command);
  }

  @Override
  public final void checkRetry(Command command) {
    refuse(desk().refusal(Verb.RETRY, command));
  }

  @Override
  public final void retryBySignal(Command command) {
    takeOrShow(Verb.RETRY, command);
  }

  @Override
  public final Receipt skip(Command command) {
    return take(Verb.SKIP, command);
  }

  @Override
  public final void checkSkip(Command command) {
    refuse(desk().refusal(Verb.SKIP, command));
  }

  @Override
  public final void skipBySignal(Command command) {
    takeOrShow(Verb.SKIP, command);
  }

  private Receipt take(Verb verb, Command command) {
    refuse(desk().refusal(verb, command));
    return desk().take(verb, command);
  }

  private void takeOrShow(Verb verb, Command command) {
    Optional<String> refusal = desk().refusal(verb, command);
    refusal.ifPresentOrElse(
        why -> desk().refused(name(command.who()), verb.toString(), why),
        () -> desk().take(verb, command));
  }

  private Desk desk() {
    if (desk == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the launch has no valid plan and ends", REFUSED);
    }
    return desk;
  }

  private static void refuse(Optional<String> refusal) {
    if (refusal.isPresent()) {
      throw ApplicationFailure.newNonRetryableFailure(refusal.get(), REFUSED);
    }
  }

  private static String name(@Nullable String who) {
    return who == null ? "somebody" : who;
  }
}
