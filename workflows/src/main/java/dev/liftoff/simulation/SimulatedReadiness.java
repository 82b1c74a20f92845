package dev.liftoff.simulation;

import dev.liftoff.LaunchId;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.Readiness;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.probe.ProbeResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Items that pass unless they were told not to. */
public final class SimulatedReadiness implements Readiness {
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Set<String> blind = ConcurrentHashMap.newKeySet();
  private volatile boolean down;

  /** The item of this id is measured, and is not as it must be. */
  public SimulatedReadiness failing(String item) {
    failing.add(item);
    return this;
  }

  /** The item of this id cannot be measured. */
  public SimulatedReadiness blind(String item) {
    blind.add(item);
    return this;
  }

  /** The trouble with the item of this id is over. */
  public SimulatedReadiness healthy(String item) {
    failing.remove(item);
    blind.remove(item);
    return this;
  }

  /** Nothing is answered at all, until it is up again. */
  public SimulatedReadiness down(boolean now) {
    down = now;
    return this;
  }

  @Override
  public List<ProbeResult> examine(LaunchId launch, PlanDocument plan, List<ChecklistItem> items) {
    if (down) {
      throw new IllegalStateException("nobody can look (simulated)");
    }
    return items.stream().map(ChecklistItem::id).map(this::result).toList();
  }

  private ProbeResult result(String item) {
    if (blind.contains(item)) {
      return ProbeResult.noData(item, "no answer (simulated)", "an answer");
    }
    return failing.contains(item)
        ? ProbeResult.fail(item, "wrong (simulated)", "right")
        : ProbeResult.pass(item, "right (simulated)", "right");
  }
}
