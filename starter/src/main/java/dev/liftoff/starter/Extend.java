package dev.liftoff.starter;

import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff extend}. */
@Command(
    name = "extend",
    description = {
      "Give the step that soaks more time: the weight stays, the watch goes on.",
      "At an open review: another checkpoint, where it asks again; the old version stays ready."
    })
final class Extend implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Consent consent = new Consent();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Options.DurationConverter.class,
      description =
          "How much more, such as 45m (default: 30m; at a review a day, or half the way to the next)")
  @Nullable Duration duration;

  Extend(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "extend")
        .sendDuration(
            launch.text,
            consent.reason(session),
            duration == null ? null : Durations.text(duration),
            told -> consent.ask(session, "Give " + told.name() + " more time?"));
  }
}
