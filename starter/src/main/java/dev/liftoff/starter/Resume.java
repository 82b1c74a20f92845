package dev.liftoff.starter;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff resume}. */
@Command(name = "resume", description = "Go on after a hold.")
final class Resume implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  Resume(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "resume").send(launch.text, reason, null);
  }
}
