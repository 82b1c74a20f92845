package dev.liftoff.starter;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff promote}. */
@Command(name = "promote", description = "Skip the rest of the soak, or of the wait after T+0.")
final class Promote implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask")
  boolean yes;

  Promote(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "promote")
        .send(
            launch.text,
            session.reason(reason),
            null,
            told -> session.confirm("Skip the rest of the watch over " + told.name() + "?", yes));
  }
}
