package dev.liftoff.starter;

import com.google.protobuf.Timestamp;
import dev.liftoff.Payloads;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Temporal knows of a launch without asking it: enough to see where it was last, and what is
 * retried.
 *
 * @param attributes the search attributes
 */
record Execution(
    String workflowId,
    String runId,
    WorkflowExecutionStatus status,
    Instant started,
    @Nullable Instant closed,
    Map<String, String> attributes,
    List<Pending> pending) {

  /** A step that is not finished. */
  record Pending(String step, int attempt, @Nullable String lastFailure) {}

  static Execution of(DescribeWorkflowExecutionResponse described) {
    WorkflowExecutionInfo info = described.getWorkflowExecutionInfo();
    return new Execution(
        info.getExecution().getWorkflowId(),
        info.getExecution().getRunId(),
        info.getStatus(),
        instant(info.getStartTime()),
        info.hasCloseTime() ? instant(info.getCloseTime()) : null,
        attributes(info),
        described.getPendingActivitiesList().stream().map(Execution::pending).toList());
  }

  private static Pending pending(PendingActivityInfo activity) {
    return new Pending(
        activity.getActivityType().getName(),
        activity.getAttempt(),
        activity.hasLastFailure() ? activity.getLastFailure().getMessage() : null);
  }

  static Map<String, String> attributes(WorkflowExecutionInfo info) {
    Map<String, String> attributes = new TreeMap<>();
    info.getSearchAttributes()
        .getIndexedFieldsMap()
        .forEach((name, payload) -> {
          if (name.startsWith("Launch")) {
            attributes.put(name, text(payload));
          }
        });
    return attributes;
  }

  private static String text(Payload payload) {
    try {
      return Payloads.mapper().readTree(payload.getData().toByteArray()).asText();
    } catch (java.io.IOException unreadable) {
      return payload.getData().toStringUtf8();
    }
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  boolean running() {
    return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  String statusWord() {
    return word(status);
  }

  static String word(WorkflowExecutionStatus status) {
    return status
        .name()
        .substring("WORKFLOW_EXECUTION_STATUS_".length())
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }
}
