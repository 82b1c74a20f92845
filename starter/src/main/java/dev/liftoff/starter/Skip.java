package dev.liftoff.starter;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff skip}. */
@Command(
    name = "skip",
    description = "Leave the undo that could not finish; it is reported as left behind.")
final class Skip implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Consent consent = new Consent();

  @Option(names = "--step", description = "The undo that is meant (default: the one that waits)")
  @Nullable String step;

  Skip(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "skip")
        .send(
            launch.text,
            consent.reason(session),
            step,
            told ->
                consent.ask(session, "Leave this undo of " + told.name() + " undone for good?"));
  }
}
