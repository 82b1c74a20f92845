package dev.liftoff.checklist;

import dev.liftoff.gate.Role;
import java.time.Duration;
import java.util.List;

/**
 * The checklist of a plan.
 *
 * @param use the list that comes with Liftoff; the plan's own items are added, and take the place
 *     of those with the same id
 * @param items the plan's own
 * @param bar the least score, in tenths: 80 is 8.0 of 10
 * @param signOffs the roles whose word is needed too
 * @param signOffFor how long a sign-off counts; 24 h by interfaces.md 4.3
 * @param limit how long readiness is waited for at its milestone before the launch is held
 */
public record ChecklistSpec(
    ListName use,
    List<ChecklistItem> items,
    int bar,
    List<Role> signOffs,
    Duration signOffFor,
    Duration limit) {
  public ChecklistSpec {
    items = List.copyOf(items);
    signOffs = List.copyOf(signOffs);
  }
}
