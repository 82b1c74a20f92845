package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff acknowledge}. */
@Command(
    name = "acknowledge",
    description = "Take the launch over at the hand-over, such as with --role on-call.")
final class Acknowledge implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  Acknowledge(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "acknowledge").send(launch.text, null, null);
  }
}
