package dev.liftoff.starter;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff scrub}. */
@Command(name = "scrub", description = "Call the launch off before traffic has moved.")
final class Scrub implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask")
  boolean yes;

  Scrub(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "scrub")
        .send(
            launch.text,
            session.reason(reason),
            null,
            told -> session.confirm("Call off the launch of " + told.name() + "?", yes));
  }
}
