package dev.liftoff.starter;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff watch}. */
@Command(
    name = "watch",
    description =
        "Follow a launch to its end, and end with its exit code. Ctrl-C leaves; the launch continues.")
final class Watch implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Options.DurationConverter.class,
      description = "Leave after this time with exit code 8 (default: never)")
  @Nullable Duration timeout;

  @Option(names = "--until-gate", description = "Leave with exit code 7 when a human is awaited")
  boolean untilGate;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = Options.DurationConverter.class,
      description = "How often to look (default: 1s)")
  Duration interval = Duration.ofSeconds(1);

  Watch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (session.options().plain) {
      session.print(PlainTemporal.follow(session, launch.name(session)));
      return ExitCode.OK.code();
    }
    LaunchName.check(launch.text);
    try (Temporal temporal = patiently()) {
      return new Following(session, temporal.launch(launch.text), interval, timeout, untilGate)
          .follow();
    }
  }

  /** A Temporal that is busy at the start gets the patience that it would get later. */
  private Temporal patiently() throws InterruptedException {
    long start = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        return session.connect();
      } catch (NoAnswer busy) {
        if (timeout != null && System.nanoTime() - start >= timeout.toNanos()) {
          throw busy;
        }
        if (!told) {
          session.say(busy.sentence() + " Still trying.");
          told = true;
        }
        Thread.sleep(interval);
      }
    }
  }
}
