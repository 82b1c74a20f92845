package dev.liftoff.starter;

import dev.liftoff.plan.LaunchPlan;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff validate}. */
@Command(
    name = "validate",
    description = "Check a plan: every problem at once, with its line. Needs no server.")
final class Validate implements Callable<Integer> {
  private final Session session;

  @Mixin PlanArgument file = new PlanArgument();

  Validate(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try {
      LaunchPlan plan = PlanFile.read(file.name()).plan();
      if (session.asJson()) {
        session.json(new PlanArgument.Report(true, file.name(), List.of()));
      } else {
        session.print("%s: valid. %s".formatted(file.name(), PlanText.sentence(plan)));
      }
      return ExitCode.OK.code();
    } catch (PlanFile.InvalidFile invalid) {
      return PlanArgument.refuse(session, invalid);
    }
  }
}
