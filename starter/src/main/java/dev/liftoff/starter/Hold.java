package dev.liftoff.starter;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff hold}. */
@Command(name = "hold", description = "Stop the clock; the guard goes on watching. Asks nothing.")
final class Hold implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  Hold(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "hold").send(launch.text, reason, null);
  }
}
