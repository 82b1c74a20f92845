package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff discard}. */
@Command(
    name = "discard",
    description = {
      "Give up the database that a rescue, or a put back, kept beside the live one.",
      "It is removed once the plan's database.backup.keep has passed; the timeline names it."
    })
final class Discard implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Consent consent = new Consent();

  @Option(
      names = "--database",
      required = true,
      description = "Its name, such as shop__post_0123456789ab")
  String database = "";

  Discard(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "discard")
        .sendDatabase(
            launch.text,
            consent.reason(session),
            database,
            told -> consent.ask(session, "Give up the database " + database + " for ever?"));
  }
}
