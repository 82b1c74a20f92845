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

  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  @Option(names = "--step", description = "The undo that is meant (default: the one that waits)")
  @Nullable String step;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask")
  boolean yes;

  Skip(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "skip")
        .send(
            launch.text,
            session.reason(reason),
            step,
            told ->
                session.confirm("Leave this undo of " + told.name() + " undone for good?", yes));
  }
}
