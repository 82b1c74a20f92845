package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Receipt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells a launch something, and says what came of it. */
final class Telling {
  /** What must get through even when no worker runs: Temporal keeps the signal for the next one. */
  private static final Set<String> KEPT = Set.of("hold", "scrub", "rollback");

  private final Session session;
  private final String verb;

  Telling(Session session, String verb) {
    this.session = session;
    this.verb = verb;
  }

  /** Sends the verb without a question. */
  int send(@Nullable String launch, @Nullable String reason, @Nullable String step) {
    return send(launch, reason, step, _ -> {});
  }

  /** What is shown and asked before anything is sent; it throws to stop. */
  interface Preview {
    void show(Launch launch);
  }

  int send(
      @Nullable String launch, @Nullable String reason, @Nullable String step, Preview preview) {
    return send(launch, name -> session.command(name, reason, step, null), preview);
  }

  /** With the numbers that a human typed. */
  int sendNumbers(
      @Nullable String launch, @Nullable String reason, @Nullable String numbers, Preview preview) {
    return send(launch, name -> session.command(name, reason, null, numbers), preview);
  }

  /** With the name that a human typed. */
  int sendDatabase(
      @Nullable String launch, @Nullable String reason, String database, Preview preview) {
    return send(launch, name -> session.discard(name, reason, database), preview);
  }

  /** With the time that a human gave; null for the usual one. */
  int sendDuration(
      @Nullable String launch,
      @Nullable String reason,
      @Nullable String duration,
      Preview preview) {
    return send(
        launch, name -> session.command(name, reason, null, null).lasting(duration), preview);
  }

  /** An action item: a new one for its owner, or the number of one that is done. */
  int sendItem(
      @Nullable String launch,
      @Nullable String text,
      @Nullable String owner,
      @Nullable String due,
      @Nullable String done) {
    return send(
        launch, name -> session.command(name, text, null, null).item(owner, due, done), _ -> {});
  }

  /** A role for somebody until then. */
  int sendLoan(
      @Nullable String launch, @Nullable String reason, String to, @Nullable String until) {
    return send(
        launch, name -> session.command(name, reason, null, null).lending(to, until), _ -> {});
  }

  /** With more than who, role and reason. */
  int sendAbout(
      @Nullable String launch,
      @Nullable String reason,
      UnaryOperator<Command> saying,
      Preview preview) {
    return send(launch, name -> saying.apply(session.command(name, reason, null, null)), preview);
  }

  private int send(
      @Nullable String launch, Function<LaunchName, Command> message, Preview preview) {
    if (session.options().plain) {
      LaunchName name = LaunchArgument.given(session, launch);
      session.print(PlainTemporal.update(session, name, verb, message.apply(name)));
      return ExitCode.OK.code();
    }
    LaunchName.check(launch);
    try (Temporal temporal = session.connect()) {
      Launch told = temporal.launch(launch);
      preview.show(told);
      return deliver(told, signed(told, message.apply(told.name())));
    }
  }

  /** A message to one launch only. Where no worker tells which, it goes as it is. */
  private Command signed(Launch told, Command command) {
    Signing signing = session.signing();
    if (!signing.isPossible()) {
      return command;
    }
    try {
      LaunchId id = told.status().launch();
      Command named = command.in(id.toString());
      return signing.sign(id, verb, named);
    } catch (NoWorker silence) {
      return command;
    }
  }

  int deliver(Launch launch, Object message) {
    try {
      return accepted(launch.update(verb, message));
    } catch (NoWorker silence) {
      if (!KEPT.contains(verb)) {
        throw silence;
      }
      return kept(launch, message, silence);
    }
  }

  private int accepted(Receipt receipt) {
    if (session.asJson()) {
      session.json(receipt);
    } else {
      session.print(session.paint().good("✔") + " " + receipt.message());
    }
    return ExitCode.OK.code();
  }

  private int kept(Launch launch, Object message, NoWorker silence) {
    launch.signal(verb, message);
    session.say(silence.sentence());
    session.say(
        "The %s was left with Temporal as a signal: %s acts on it as soon as a worker runs. It is not done yet."
            .formatted(verb, launch.name()));
    session.say(String.valueOf(silence.hint()));
    return ExitCode.TIMEOUT.code();
  }
}
