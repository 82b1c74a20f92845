package dev.liftoff.starter;

import dev.liftoff.status.LaunchStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff status}. */
@Command(
    name = "status",
    description = "Where a launch stands; what Temporal knows of it when no worker answers.")
final class Status implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(names = "--exit-status", description = "End with the exit code of the launch")
  boolean exitStatus;

  Status(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (session.options().plain) {
      session.print(PlainTemporal.query(session, launch.name(session), "status"));
      return ExitCode.OK.code();
    }
    LaunchName.check(launch.text);
    try (Temporal temporal = session.connect()) {
      return show(temporal.launch(launch.text));
    }
  }

  private int show(Launch asked) {
    try {
      LaunchStatus status = asked.status();
      if (session.asJson()) {
        session.json(status);
      } else {
        session.print(StatusText.of(status, session));
      }
      return exitStatus ? exit(asked, status).code() : ExitCode.OK.code();
    } catch (NoWorker silence) {
      return fallBack(asked, silence);
    }
  }

  private int fallBack(Launch asked, NoWorker silence) {
    Execution execution = asked.execution();
    session.say(silence.sentence() + " This is what Temporal knows:");
    if (session.asJson()) {
      session.json(execution);
    } else {
      session.print(ExecutionText.of(execution));
    }
    if (silence.hint() != null) {
      session.say(silence.hint());
    }
    if (!exitStatus) {
      return ExitCode.OK.code();
    }
    return (execution.running() ? ExitCode.TIMEOUT : Ending.of(asked, execution).exit()).code();
  }

  private static ExitCode exit(Launch asked, LaunchStatus status) {
    return switch (status.state()) {
      case DECIDING, HELD -> ExitCode.WAITING;
      case NEEDS_HUMAN -> ExitCode.NEEDS_HUMAN;
      case ENDED ->
          status.outcome() != null
              ? ExitCode.of(status.outcome())
              : Ending.of(asked, asked.execution()).exit();
      case WORKING, WAITING, SOAKING, ROLLING_BACK -> ExitCode.OK;
    };
  }
}
