package dev.liftoff.starter;

import dev.liftoff.gate.Decision;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.Awaited;
import dev.liftoff.status.PeopleStatus.RollCall;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The dialog at a gate: go and no-go differ in one word. */
final class Answering {
  @Mixin Consent consent = new Consent();

  @Option(names = "--gate", description = "The gate, such as go-live (default: the open one)")
  @Nullable String gate;

  int answer(Session session, @Nullable String launch, String answer) {
    String why = consent.reason(session);
    LaunchName.check(launch);
    try (Temporal temporal = session.connect()) {
      Launch told = temporal.launch(launch);
      LaunchStatus status = told.status();
      Decision decision = decision(session, status, answer, why);
      if (session.options().plain) {
        session.print(PlainTemporal.update(session, told.name(), "decide", decision));
        return ExitCode.OK.code();
      }
      session.say(DecisionText.of(status, String.valueOf(decision.gate()), session));
      consent.ask(session, question(session, decision));
      return new Telling(session, "decide")
          .deliver(told, session.signing().sign(status.launch(), decision));
    }
  }

  private Decision decision(Session session, LaunchStatus status, String answer, String why) {
    return new Decision(
            status.launch().toString(),
            gate != null ? gate : awaited(status).gate().word(),
            answer,
            session.who(),
            session.role().word(),
            why)
        .seeing(seal(status));
  }

  /** What is shown is what is voted about. */
  private static @Nullable String seal(LaunchStatus status) {
    RollCall poll = status.people().poll();
    return poll == null || !poll.open() ? null : poll.seal();
  }

  private static Awaited awaited(LaunchStatus status) {
    if (status.outcome() != null) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "No gate is open: the launch is over. " + Ending.of(status.outcome()).sentence(),
          "See how it went: liftoff timeline " + LaunchName.of(status.launch()));
    }
    if (status.awaited() == null) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "No gate is open: the launch is %s%s, %s."
              .formatted(
                  status.state(),
                  status.milestone() == null ? "" : " at " + status.milestone(),
                  status.because()),
          "See liftoff status " + LaunchName.of(status.launch()));
    }
    return status.awaited();
  }

  private static String question(Session session, Decision decision) {
    return "Say %s at %s as %s (%s)?"
        .formatted(
            String.valueOf(decision.answer()).toUpperCase(Locale.ROOT),
            decision.gate(),
            session.who(),
            session.role());
  }
}
