package dev.liftoff.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.LaunchId;
import dev.liftoff.gate.Command;
import dev.liftoff.plan.PlanDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code liftoff amend}. */
@picocli.CommandLine.Command(
    name = "amend",
    description = {
      "Change the plan of a launch that runs. Shows the differences, and asks.",
      "Gates and steps that are still to come, limits and notifications can be changed, all or",
      "nothing. Votes that were cast before are void."
    })
final class Amend implements Callable<Integer> {
  private static final String LAUNCH_AT = "launchAt";

  private final Session session;

  @Mixin Consent consent = new Consent();

  @Parameters(
      index = "0",
      paramLabel = "LAUNCH",
      description = "SERVICE/ENVIRONMENT, or a launch id")
  String launch = "";

  @Parameters(
      index = "1",
      paramLabel = "PLAN",
      description = "The whole plan as it should be, YAML or JSON; - is stdin")
  String file = "";

  Amend(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try {
      PlanFile asked = PlanFile.read(file);
      asked.plan();
      String why = consent.reason(session);
      LaunchName.check(launch);
      return amend(asked, why);
    } catch (PlanFile.InvalidFile invalid) {
      return PlanArgument.refuse(session, invalid, "Nothing was changed.");
    }
  }

  private int amend(PlanFile asked, String why) {
    try (Temporal temporal = session.connect()) {
      Launch told = temporal.launch(launch);
      LaunchId id = told.status().launch();
      PlanDocument seen = told.ask("plan", PlanDocument.class);
      JsonNode typed = atTheSameHour(asked.json(), seen.json());
      Command command = session.amend(id, why, seen, typed);
      if (session.options().plain) {
        session.print(PlainTemporal.update(session, told.name(), "amend", command));
        return ExitCode.OK.code();
      }
      new AmendText(session).show(seen, typed);
      consent.ask(session, "Amend the plan of " + id + "?");
      return new Telling(session, "amend")
          .deliver(told, session.signing().sign(id, "amend", command));
    }
  }

  /** That of {@code liftoff start --at} is in no file. */
  private static JsonNode atTheSameHour(JsonNode asked, JsonNode inForce) {
    return asked instanceof ObjectNode plan && !plan.has(LAUNCH_AT) && inForce.has(LAUNCH_AT)
        ? plan.deepCopy().set(LAUNCH_AT, inForce.get(LAUNCH_AT))
        : asked;
  }
}
