package dev.liftoff.starter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.plan.Amendable;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanReader;

/** What an amendment would change, before anybody says yes. How far it may, says the launch. */
final class AmendText {
  private final Session session;

  AmendText(Session session) {
    this.session = session;
  }

  void show(PlanDocument seen, JsonNode asked) {
    session.say("Plan %s -> %s".formatted(seen.digest(), new PlanDocument(asked).digest()));
    try {
      Amendable.Asked compared =
          Amendable.of(PlanReader.read(seen.json()), seen, asked, Amendable.Progress.NONE);
      compared.changes().forEach(change -> session.say("  " + change));
      compared.refused().forEach(line -> session.say("  " + session.paint().bad("✖") + " " + line));
      if (compared.changes().isEmpty() && compared.refused().isEmpty()) {
        session.say("  no difference");
      }
    } catch (InvalidPlan newer) {
      session.say("  the plan in force cannot be read by this version: ask the launch");
    }
  }
}
