package dev.liftoff.starter;

import dev.liftoff.status.LaunchStatus.WayBack;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff rollback}. */
@Command(
    name = "rollback",
    description = "Undo everything, traffic first. Shows what it will and will not undo.")
final class RollBack implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();

  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask")
  boolean yes;

  RollBack(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "rollback")
        .send(launch.text, session.reason(reason), null, this::preview);
  }

  private void preview(Launch launch) {
    try {
      show(launch.status().wayBack());
    } catch (NoWorker silence) {
      session.say(silence.sentence() + " What a rollback would undo cannot be shown.");
    }
    session.confirm("Roll back the launch of " + launch.name() + "?", yes);
  }

  private void show(WayBack wayBack) {
    list("Will:", wayBack.would());
    list("Will NOT undo:", wayBack.wouldNot());
    if (wayBack.database() != null) {
      list("Database:", List.of(wayBack.database()));
    }
  }

  private void list(String heading, List<String> lines) {
    session.say(session.paint().bold(heading) + (lines.isEmpty() ? " nothing" : ""));
    lines.forEach(line -> session.say("  " + line));
  }
}
