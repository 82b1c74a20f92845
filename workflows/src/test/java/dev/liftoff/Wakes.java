package dev.liftoff;

import static io.temporal.api.enums.v1.EventType.*;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How many events a launch can have at most. What wakes a workflow may be one thing or several that
 * happened meanwhile, which depends on how fast the machine is. So it is counted as if each had
 * woken it alone, and an update twice: one that arrives at a workflow that is awake gets a workflow
 * task of its own.
 */
final class Wakes {
  /** Workflow task scheduled, started, completed. */
  private static final int EVENTS_OF_A_WAKE = 3;

  private static final Set<EventType> WAKING =
      EnumSet.of(
          EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
          EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
          EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
          EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
          EVENT_TYPE_TIMER_FIRED,
          EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
          EVENT_TYPE_ACTIVITY_TASK_FAILED,
          EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
          EVENT_TYPE_ACTIVITY_TASK_CANCELED,
          EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED,
          EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED,
          EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED,
          EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED,
          EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED,
          EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
          EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
          EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED);

  private Wakes() {}

  /** Events but for workflow tasks. */
  static long deeds(List<HistoryEvent> history) {
    return history.stream()
        .filter(event -> !event.getEventType().name().contains("WORKFLOW_TASK"))
        .count();
  }

  static long most(List<HistoryEvent> history) {
    List<EventType> types = history.stream().map(HistoryEvent::getEventType).toList();
    long wakes = types.stream().filter(WAKING::contains).count();
    long updates = Collections.frequency(types, EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED);
    return deeds(history) + EVENTS_OF_A_WAKE * (wakes + updates);
  }
}
