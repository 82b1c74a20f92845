package dev.liftoff.report;

import dev.liftoff.plan.Amendment;
import dev.liftoff.status.PlanStatus;
import org.jspecify.annotations.Nullable;

/** How the plan came to be the one in force; nothing where it is the one of the start. */
final class Amended {
  private Amended() {}

  static void write(Page page, @Nullable PlanStatus plan) {
    if (plan == null || plan.amendments().isEmpty()) {
      return;
    }
    page.section("The plan was amended").item("in force", plan.digest());
    for (Amendment amendment : plan.amendments()) {
      page.item(Page.minute(amendment.at()), amendment.sentence());
    }
  }
}
