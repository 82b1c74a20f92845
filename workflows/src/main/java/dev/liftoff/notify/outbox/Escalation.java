package dev.liftoff.notify.outbox;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told to those who are there when nobody could be paged: once for each such message. */
final class Escalation {
  private Escalation() {}

  static Optional<Announcement> of(Announcement message, Delivery delivery) {
    String why = delivery.unpaged();
    if (why == null || message.occasion() == Occasion.ESCALATED) {
      return Optional.empty();
    }
    List<String> facts = new ArrayList<>(List.of(why));
    facts.addAll(message.facts());
    return Optional.of(
        new Announcement(
            message.key() + "-" + Occasion.ESCALATED,
            Severity.CRITICAL,
            "NOBODY WAS PAGED: " + message.title(),
            facts,
            Occasion.ESCALATED,
            message.scene(),
            new Routing(Occasion.ESCALATED.usual(), List.of(), Map.of(), Map.of(), List.of())));
  }
}
