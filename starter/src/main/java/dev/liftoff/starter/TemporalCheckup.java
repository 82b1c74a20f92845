package dev.liftoff.starter;

import com.google.protobuf.util.Durations;
import dev.liftoff.LaunchWorkflow;
import dev.liftoff.starter.Finding.State;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What Temporal must have: an address, a namespace that remembers, the attributes, and workers. */
final class TemporalCheckup {
  private static final Set<String> ATTRIBUTES =
      Set.of("LaunchService", "LaunchEnv", "LaunchPhase", "LaunchVersion", "LaunchOutcome");

  /** A finished launch is looked at until its retrospective, and for some weeks after. */
  private static final Duration RETENTION = Duration.ofDays(30);

  private final Temporal temporal;

  private TemporalCheckup(Temporal temporal) {
    this.temporal = temporal;
  }

  static List<Finding> of(Session session) {
    try (Temporal temporal = session.connect()) {
      TemporalCheckup checkup = new TemporalCheckup(temporal);
      return List.of(
          Finding.ok("temporal " + temporal.address(), "serves"),
          checkup.namespace(),
          checkup.searchAttributes(),
          checkup.workers(
              LaunchWorkflow.TASK_QUEUE, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, "launches"),
          checkup.workers(
              LaunchWorkflow.TASK_QUEUE, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, "steps"),
          checkup.workers(
              LaunchWorkflow.UNDO_TASK_QUEUE, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, "undo"));
    } catch (CommandFailure away) {
      return unreachable(session, away);
    }
  }

  /** Whether somebody would answer what is asked of the workers. */
  static boolean arePolled(List<Finding> findings) {
    List<Finding> workers =
        findings.stream()
            .filter(finding -> finding.subject().endsWith(" on " + LaunchWorkflow.TASK_QUEUE))
            .toList();
    return !workers.isEmpty() && workers.stream().noneMatch(one -> one.state() == State.FAIL);
  }

  private static List<Finding> unreachable(Session session, CommandFailure away) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.fail("temporal " + session.address(), away.sentence(), away.hint()));
    for (String subject : List.of("namespace", "search attributes", "workers")) {
      findings.add(Finding.noData(subject, "needs Temporal", null));
    }
    return findings;
  }

  private Finding namespace() {
    String subject = "namespace " + temporal.namespace();
    try {
      Duration retention =
          Duration.ofMillis(
              Durations.toMillis(
                  temporal
                      .stubs()
                      .blockingStub()
                      .describeNamespace(
                          DescribeNamespaceRequest.newBuilder()
                              .setNamespace(temporal.namespace())
                              .build())
                      .getConfig()
                      .getWorkflowExecutionRetentionTtl()));
      return retention.compareTo(RETENTION) >= 0
          ? Finding.ok(subject, "keeps finished launches " + retention.toDays() + " days")
          : Finding.fail(
              subject,
              "keeps finished launches only " + Times.rounded(retention),
              "temporal operator namespace update --namespace "
                  + temporal.namespace()
                  + " --retention 2160h");
    } catch (StatusRuntimeException trouble) {
      return trouble(subject, trouble);
    }
  }

  private Finding searchAttributes() {
    String subject = "search attributes";
    try {
      Set<String> known =
          OperatorServiceGrpc.newBlockingStub(temporal.stubs().getRawChannel())
              .withDeadlineAfter(temporal.limit().toMillis(), TimeUnit.MILLISECONDS)
              .listSearchAttributes(
                  ListSearchAttributesRequest.newBuilder()
                      .setNamespace(temporal.namespace())
                      .build())
              .getCustomAttributesMap()
              .keySet();
      List<String> missing =
          ATTRIBUTES.stream().filter(name -> !known.contains(name)).sorted().toList();
      return missing.isEmpty()
          ? Finding.ok(subject, "all " + ATTRIBUTES.size() + " are registered")
          : Finding.fail(
              subject,
              "missing " + String.join(", ", missing),
              "temporal operator search-attribute create " + create(missing));
    } catch (StatusRuntimeException trouble) {
      return trouble(subject, trouble);
    }
  }

  private static String create(List<String> missing) {
    return missing.stream()
        .map(name -> "--name %s --type Keyword".formatted(name))
        .collect(Collectors.joining(" "));
  }

  private Finding workers(String queue, TaskQueueType type, String what) {
    String subject = "worker for %s on %s".formatted(what, queue);
    try {
      int pollers =
          temporal
              .stubs()
              .blockingStub()
              .describeTaskQueue(
                  DescribeTaskQueueRequest.newBuilder()
                      .setNamespace(temporal.namespace())
                      .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                      .setTaskQueueType(type)
                      .build())
              .getPollersCount();
      return pollers > 0
          ? Finding.ok(subject, pollers == 1 ? "1 polls" : pollers + " poll")
          : Finding.fail(subject, "none polls", "Start one: liftoff worker");
    } catch (StatusRuntimeException trouble) {
      return trouble(subject, trouble);
    }
  }

  private Finding trouble(String subject, StatusRuntimeException trouble) {
    CommandFailure failure = temporal.trouble(trouble);
    return trouble.getStatus().getCode() == Status.Code.UNIMPLEMENTED
        ? Finding.noData(subject, "this server does not tell", null)
        : Finding.fail(subject, failure.sentence(), failure.hint());
  }
}
