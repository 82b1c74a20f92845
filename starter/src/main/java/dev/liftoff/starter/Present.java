package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff present}. */
@Command(
    name = "present",
    description = "Say that you are here, in your --role; from readiness until the briefing ends.")
final class Present implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  Present(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "present").send(launch.text, null, null);
  }
}
