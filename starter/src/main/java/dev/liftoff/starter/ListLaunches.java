package dev.liftoff.starter;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code liftoff list}. */
@Command(name = "list", description = "The launches that Temporal knows, the running ones first.")
final class ListLaunches implements Callable<Integer> {
  private final Session session;

  @Option(names = "--limit", paramLabel = "N", description = "How many at most (default: 20)")
  int limit = 20;

  ListLaunches(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (session.options().plain) {
      session.print(PlainTemporal.list(session));
      return ExitCode.OK.code();
    }
    try (Temporal temporal = session.connect()) {
      List<Listing.Entry> launches = new Listing(temporal).launches(Math.max(1, limit));
      if (session.asJson()) {
        session.json(launches);
      } else {
        launches.forEach(launch -> session.print(line(launch)));
        session.say(launches.isEmpty() ? "There is no launch." : launches.size() + " found.");
      }
      return ExitCode.OK.code();
    }
  }

  private static String line(Listing.Entry launch) {
    LaunchName name = LaunchName.parse(launch.workflowId());
    return "%-30s %-10s %-10s %-15s %s %s"
        .formatted(
            name,
            Execution.word(launch.status()),
            launch.attributes().getOrDefault("LaunchVersion", "-"),
            launch
                .attributes()
                .getOrDefault(
                    "LaunchOutcome", launch.attributes().getOrDefault("LaunchPhase", "-")),
            Times.second(launch.started()),
            launch.closed() == null ? "" : "to " + Times.second(launch.closed()));
  }
}
