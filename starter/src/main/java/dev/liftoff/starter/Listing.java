package dev.liftoff.starter;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.filter.v1.WorkflowTypeFilter;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The launches that Temporal knows, the running ones first. */
final class Listing {
  static final String QUERY = "WorkflowType = 'LaunchWorkflow'";
  private static final WorkflowTypeFilter LAUNCHES =
      WorkflowTypeFilter.newBuilder().setName("LaunchWorkflow").build();

  private final Temporal temporal;

  Listing(Temporal temporal) {
    this.temporal = temporal;
  }

  /** One launch in the list. */
  record Entry(
      String workflowId,
      WorkflowExecutionStatus status,
      Instant started,
      @Nullable Instant closed,
      Map<String, String> attributes) {}

  List<Entry> launches(int most) {
    try {
      return Stream.concat(found("Running", most), found("Closed", most)).limit(most).toList();
    } catch (StatusRuntimeException trouble) {
      if (trouble.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        return oldWay().limit(most).toList();
      }
      throw temporal.trouble(trouble);
    }
  }

  private Stream<Entry> found(String kind, int most) {
    String condition =
        kind.equals("Running")
            ? " AND ExecutionStatus = 'Running'"
            : " AND ExecutionStatus != 'Running'";
    return stub()
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace(temporal.namespace())
                .setQuery(QUERY + condition)
                .setPageSize(most)
                .build())
        .getExecutionsList()
        .stream()
        .filter(Listing::isLaunch)
        .map(Listing::entry);
  }

  /** The in-memory test server has no visibility queries. */
  private Stream<Entry> oldWay() {
    Stream<WorkflowExecutionInfo> open =
        stub()
            .listOpenWorkflowExecutions(
                ListOpenWorkflowExecutionsRequest.newBuilder()
                    .setNamespace(temporal.namespace())
                    .setTypeFilter(LAUNCHES)
                    .build())
            .getExecutionsList()
            .stream();
    Stream<WorkflowExecutionInfo> closed =
        stub()
            .listClosedWorkflowExecutions(
                ListClosedWorkflowExecutionsRequest.newBuilder()
                    .setNamespace(temporal.namespace())
                    .setTypeFilter(LAUNCHES)
                    .build())
            .getExecutionsList()
            .stream();
    return Stream.concat(open, closed).filter(Listing::isLaunch).map(Listing::entry);
  }

  private static boolean isLaunch(WorkflowExecutionInfo info) {
    return Temporal.isLaunch(info.getExecution().getWorkflowId());
  }

  private static Entry entry(WorkflowExecutionInfo info) {
    return new Entry(
        info.getExecution().getWorkflowId(),
        info.getStatus(),
        Execution.instant(info.getStartTime()),
        info.hasCloseTime() ? Execution.instant(info.getCloseTime()) : null,
        Execution.attributes(info));
  }

  private WorkflowServiceBlockingStub stub() {
    return temporal.stubs().blockingStub();
  }
}
