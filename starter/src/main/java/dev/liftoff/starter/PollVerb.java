package dev.liftoff.starter;

import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.PeopleStatus.RollCall;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff poll}. */
@Command(name = "poll", description = "The roll call: who has said go, who is missing, until when.")
final class PollVerb implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  PollVerb(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    LaunchName.check(launch.text);
    try (Temporal temporal = session.connect()) {
      LaunchStatus status = temporal.launch(launch.text).status();
      RollCall poll = status.people().poll();
      if (poll == null) {
        throw new CommandFailure(
            ExitCode.CONFLICT,
            "There was no poll yet in %s.".formatted(status.launch()),
            "See liftoff status " + LaunchName.of(status.launch()));
      }
      if (session.asJson()) {
        session.json(poll);
      } else {
        PeopleLines.of(status, session.paint(), session.now()).forEach(session::print);
      }
      return ExitCode.OK.code();
    }
  }
}
