package dev.liftoff.starter;

import dev.liftoff.status.LaunchStatus.WayBack;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff rollback}. */
@Command(
    name = "rollback",
    description = "Undo everything, traffic first. Shows what it will and will not undo.")
final class RollBack implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Consent consent = new Consent();

  RollBack(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "rollback")
        .send(launch.text, consent.reason(session), null, this::preview);
  }

  private void preview(Launch launch) {
    try {
      show(launch.status().wayBack());
    } catch (NoWorker silence) {
      session.say(silence.sentence() + " What a rollback would undo cannot be shown.");
    }
    consent.ask(session, "Roll back the launch of " + launch.name() + "?");
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
