package dev.liftoff.starter;

import java.time.Duration;
import java.time.Instant;
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

  @Option(
      names = "--give-up",
      paramLabel = "TIME",
      converter = Options.DurationConverter.class,
      description =
          "Leave with exit code 75 when Temporal has not answered for this time (default: 10m)")
  Duration giveUp = TemporalSilence.LIMIT;

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
    TemporalSilence silence = new TemporalSilence(session, giveUp);
    try (Temporal temporal = patiently(silence)) {
      return new Following(
              session, temporal.launch(launch.text), interval, timeout, untilGate, silence)
          .follow();
    }
  }

  /** A Temporal that is busy at the start gets the patience that it would get later. */
  private Temporal patiently(TemporalSilence silence) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Instant asked = session.now();
      try {
        return session.connect();
      } catch (NoAnswer busy) {
        if (timeout != null && System.nanoTime() - start >= timeout.toNanos()) {
          throw busy;
        }
        silence.notHeard(asked);
        Thread.sleep(interval);
      }
    }
  }
}
