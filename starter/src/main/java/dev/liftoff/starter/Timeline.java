package dev.liftoff.starter;

import dev.liftoff.timeline.TimelineEntry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff timeline}. */
@Command(name = "timeline", description = "What happened in a launch, oldest first.")
final class Timeline implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  Timeline(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (session.options().plain) {
      session.print(PlainTemporal.query(session, launch.name(session), "timeline"));
      return ExitCode.OK.code();
    }
    LaunchName.check(launch.text);
    try (Temporal temporal = session.connect()) {
      List<TimelineEntry> entries = temporal.launch(launch.text).timeline();
      if (session.asJson()) {
        session.json(entries);
      } else {
        entries.forEach(entry -> session.print(line(entry)));
      }
      return ExitCode.OK.code();
    }
  }

  static String line(TimelineEntry entry) {
    return "%s %-9s %-9s %-14s %s: %s"
        .formatted(
            Times.second(entry.at()),
            entry.clock(),
            entry.kind(),
            entry.milestone() == null ? "" : entry.milestone(),
            entry.who(),
            entry.text());
  }
}
