package dev.liftoff.activities.readiness;

import java.time.Duration;
import java.util.List;

/** Who works on Temporal's task queues; asked where there is a client of Temporal. */
@FunctionalInterface
public interface TaskQueues {

  /**
   * One queue, and how many processes ask it for work now.
   *
   * @param workflows 0 also where the queue is for activities alone, see {@code needsWorkflows}
   */
  record Staff(String queue, boolean needsWorkflows, int workflows, int activities) {
    boolean complete() {
      return activities > 0 && (workflows > 0 || !needsWorkflows);
    }

    String words() {
      return needsWorkflows
          ? "%s has %d workers for workflows and %d for activities"
              .formatted(queue, workflows, activities)
          : "%s has %d workers for activities".formatted(queue, activities);
    }
  }

  List<Staff> staff(Duration limit) throws Exception;
}
