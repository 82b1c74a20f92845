package dev.liftoff.starter;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff rescue}. */
@Command(
    name = "rescue",
    description = {
      "Roll back, and bring back the database of before the migration with all rows written since.",
      "First without numbers: the rescue is planned. Then with the numbers that the plan shows."
    })
final class Rescue implements Callable<Integer> {
  private final Session session;

  @Mixin LaunchArgument launch = new LaunchArgument();
  @Mixin Consent consent = new Consent();

  @Option(
      names = "--numbers",
      description = "Those of the plan, in quotes: inserted, updated, deleted, not representable")
  @Nullable String numbers;

  Rescue(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Telling(session, "rescue")
        .sendNumbers(launch.text, consent.reason(session), numbers, this::ask);
  }

  private void ask(Launch told) {
    consent.ask(
        session,
        (numbers == null ? "Roll back and plan a rescue of " : "Rescue the database of ")
            + told.name()
            + "?");
  }
}
