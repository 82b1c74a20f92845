package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff scrub}. */
@Command(name = "scrub", description = "Call the launch off before traffic has moved.")
final class Scrub implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Consent consent = new Consent();

  Scrub(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "scrub")
        .send(
            launch.text,
            consent.reason(session),
            null,
            told -> consent.ask(session, "Call off the launch of " + told.name() + "?"));
  }
}
