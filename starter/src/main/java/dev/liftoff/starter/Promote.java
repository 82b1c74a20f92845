package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff promote}. */
@Command(name = "promote", description = "Skip the rest of the soak, or of the wait after T+0.")
final class Promote implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Consent consent = new Consent();

  Promote(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "promote")
        .send(
            launch.text,
            consent.reason(session),
            null,
            told -> consent.ask(session, "Skip the rest of the watch over " + told.name() + "?"));
  }
}
