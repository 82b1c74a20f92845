package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff no-go}. */
@Command(
    name = "no-go",
    description = "Say NO-GO at the open gate. Shows what is decided, and asks.")
final class NoGo implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Answering answering = new Answering();

  NoGo(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return answering.answer(session, launch.text, "no-go");
  }
}
