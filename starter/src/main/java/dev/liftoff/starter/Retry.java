package dev.liftoff.starter;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff retry}. */
@Command(name = "retry", description = "Try the undo that could not finish once more.")
final class Retry implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  @Option(names = "--step", description = "The undo that is meant (default: the one that waits)")
  @Nullable String step;

  Retry(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "retry").send(launch.text, reason, step);
  }
}
