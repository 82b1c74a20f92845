package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff go}. */
@Command(name = "go", description = "Say GO at the open gate. Shows what is decided, and asks.")
final class Go implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Answering answering = new Answering();

  Go(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return answering.answer(session, launch.text, "go");
  }
}
