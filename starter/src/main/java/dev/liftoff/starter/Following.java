package dev.liftoff.starter;

import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows a launch: a redrawn screen for a person, a line per change for a log. */
final class Following {
  private final Session session;
  private final Launch launch;
  private final Duration interval;
  private final @Nullable Duration timeout;
  private final boolean untilGate;
  private final TemporalSilence silence;
  private long revision = -1;
  private int told;
  private String lastState = "";
  private String lastTrouble = "";

  Following(
      Session session,
      Launch launch,
      Duration interval,
      @Nullable Duration timeout,
      boolean untilGate,
      TemporalSilence silence) {
    this.session = session;
    this.launch = launch;
    this.interval = interval;
    this.timeout = timeout;
    this.untilGate = untilGate;
    this.silence = silence;
  }

  int follow() throws InterruptedException {
    Thread farewell = Thread.ofVirtual().unstarted(this::sayGoodbye);
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      return untilOver().code();
    } finally {
      Runtime.getRuntime().removeShutdownHook(farewell);
    }
  }

  private ExitCode untilOver() throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      ExitCode ended = look();
      if (ended != null) {
        return ended;
      }
      if (timeout != null && System.nanoTime() - start >= timeout.toNanos()) {
        session.say("The time is up; the launch continues: liftoff watch " + launch.name());
        return ExitCode.TIMEOUT;
      }
      Thread.sleep(interval);
    }
  }

  /** Null while it goes on. */
  private @Nullable ExitCode look() {
    Instant asked = session.now();
    try {
      LaunchStatus status = launch.status();
      recovered();
      boolean changed = status.revision() != revision;
      if (changed || session.interactive()) {
        show(status);
        revision = status.revision();
      }
      ExitCode ended = exit(status);
      return ended == null && !changed ? recordedEnd() : ended;
    } catch (CommandFailure trouble) {
      return overcome(trouble, asked);
    }
  }

  /**
   * A worker or a Temporal that is away comes back; the launch waits for it, and so does the watch.
   */
  private @Nullable ExitCode overcome(CommandFailure trouble, Instant asked) {
    if (trouble.exit() == ExitCode.TIMEOUT) {
      return withoutWorker(trouble, asked);
    }
    if (trouble.exit() == ExitCode.UNREACHABLE) {
      return withoutTemporal(asked);
    }
    throw trouble;
  }

  /** A query is not answered where no worker is, and where Temporal itself is silent. */
  private @Nullable ExitCode withoutWorker(CommandFailure trouble, Instant asked) {
    if (!launch.isTemporalThere()) {
      return withoutTemporal(asked);
    }
    silence.heard();
    if (!trouble.sentence().equals(lastTrouble)) {
      lastTrouble = trouble.sentence();
      session.say(
          "%s %s Still watching.".formatted(Times.second(session.now()), trouble.sentence()));
    }
    return recordedEnd();
  }

  private @Nullable ExitCode withoutTemporal(Instant asked) {
    silence.notHeard(asked);
    launch.tryAgain();
    return null;
  }

  /** A launch that was terminated in Temporal still answers as it stood then. */
  private @Nullable ExitCode recordedEnd() {
    try {
      Execution execution = launch.execution();
      return execution.running() ? null : ended(Ending.of(launch, execution));
    } catch (CommandFailure away) {
      return null;
    }
  }

  private void recovered() {
    silence.heard();
    if (!lastTrouble.isEmpty()) {
      lastTrouble = "";
      session.say("%s The launch answers again.".formatted(Times.second(session.now())));
    }
  }

  private void show(LaunchStatus status) {
    if (session.asJson()) {
      session.jsonLine(status);
    } else if (session.interactive()) {
      session.clearScreen();
      session.print(StatusText.of(status, session));
      session.print("Ctrl-C leaves, the launch continues.");
    } else {
      showChanges(status);
    }
  }

  private void showChanges(LaunchStatus status) {
    List<TimelineEntry> entries = launch.timeline();
    entries.stream().skip(told).map(Timeline::line).forEach(session::print);
    told = Math.max(told, entries.size());
    String state = StateLine.of(status);
    if (!state.equals(lastState)) {
      session.print(Times.second(status.asOf()) + " " + state);
      lastState = state;
    }
  }

  private @Nullable ExitCode exit(LaunchStatus status) {
    if (status.state() == State.ENDED) {
      return ended(
          status.outcome() == null
              ? Ending.of(launch, launch.execution())
              : Ending.of(status.outcome()));
    }
    if (untilGate) {
      return switch (status.state()) {
        case DECIDING, HELD -> ExitCode.WAITING;
        case NEEDS_HUMAN -> ExitCode.NEEDS_HUMAN;
        case WORKING, WAITING, SOAKING, ROLLING_BACK, ENDED -> null;
      };
    }
    return null;
  }

  private ExitCode ended(Ending ending) {
    session.say(ending.sentence());
    return ending.exit();
  }

  private void sayGoodbye() {
    session.say("You left; the launch continues. Watch it again: liftoff watch " + launch.name());
  }
}
