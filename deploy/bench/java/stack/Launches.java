package stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The launches of one workflow id, by nothing but Temporal's own client: what plain Temporal can do, from a program that is warm. */
public final class Launches implements AutoCloseable {
  private static final String WORKFLOW = "launch/shop/demo";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WorkflowServiceStubs service;
  private final WorkflowClient client;

  public Launches(String target) {
    service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
    client = WorkflowClient.newInstance(service);
  }

  public void start(Path plan) throws IOException {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(WORKFLOW)
            .setTaskQueue("liftoff")
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .build();
    var _ = client.newUntypedWorkflowStub("LaunchWorkflow", options).start(JSON.readTree(plan.toFile()));
  }

  public JsonNode status() {
    return stub().query("status", JsonNode.class);
  }

  public void signal(String name, Object message) {
    stub().signal(name, message);
  }

  /** Waits for the end, and says what the outcome was. */
  public JsonNode outcome(Duration limit) throws TimeoutException {
    return stub().getResult(limit.toMillis(), TimeUnit.MILLISECONDS, JsonNode.class);
  }

  public List<HistoryEvent> history() {
    return client.fetchHistory(WORKFLOW).getEvents();
  }

  @Override
  public void close() {
    service.shutdownNow();
    service.awaitTermination(5, TimeUnit.SECONDS);
  }

  private WorkflowStub stub() {
    return client.newUntypedWorkflowStub(WORKFLOW);
  }
}
