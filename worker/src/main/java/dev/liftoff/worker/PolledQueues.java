package dev.liftoff.worker;

import dev.liftoff.LaunchWorkflow;
import dev.liftoff.activities.readiness.TaskQueues;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The workers that Temporal has seen in the last minutes on the queues of a launch. */
record PolledQueues(TemporalConnection temporal) implements TaskQueues {

  @Override
  public List<Staff> staff(Duration limit) {
    return List.of(
        staff(LaunchWorkflow.TASK_QUEUE, true, limit),
        staff(LaunchWorkflow.UNDO_TASK_QUEUE, false, limit));
  }

  private Staff staff(String queue, boolean needsWorkflows, Duration limit) {
    return new Staff(
        queue,
        needsWorkflows,
        needsWorkflows ? pollers(queue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, limit) : 0,
        pollers(queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, limit));
  }

  private int pollers(String queue, TaskQueueType type, Duration limit) {
    return temporal
        .service()
        .blockingStub()
        .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(temporal.namespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .setTaskQueueType(type)
                .build())
        .getPollersCount();
  }
}
