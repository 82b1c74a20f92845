package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.probe.ProbeResult;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/**
 * Answers the automatic items of a checklist. It looks and changes nothing; repeating looks anew.
 */
@ActivityInterface(namePrefix = "Readiness")
public interface Readiness {

  /**
   * Examines the items beside one another and answers one result each, in their order and under
   * their ids. What cannot be measured is {@code NO_DATA}, with the reason: no item makes this
   * method fail, and none takes longer than its limit.
   *
   * @param plan the launch's plan as it was given, for the systems that it names
   * @param items those that have an examination
   */
  List<ProbeResult> examine(LaunchId launch, PlanDocument plan, List<ChecklistItem> items);
}
