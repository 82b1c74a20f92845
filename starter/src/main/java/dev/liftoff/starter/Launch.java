package dev.liftoff.starter;

import dev.liftoff.LaunchWorkflow;
import dev.liftoff.Outcome;
import dev.liftoff.gate.Receipt;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.timeline.TimelineEntry;
import io.grpc.Status;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.query.v1.WorkflowQuery;
import io.temporal.api.update.v1.Input;
import io.temporal.api.update.v1.Meta;
import io.temporal.api.update.v1.Request;
import io.temporal.api.update.v1.WaitPolicy;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DataConverter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A launch as Temporal knows it: asked, told and started. */
final class Launch {
  private final Temporal temporal;
  private final LaunchName name;
  private final WorkflowStub stub;

  private final String workflowId;

  Launch(Temporal temporal, LaunchName name) {
    this(temporal, name, name.workflowId());
  }

  private Launch(Temporal temporal, LaunchName name, String workflowId) {
    this.temporal = temporal;
    this.name = name;
    this.workflowId = workflowId;
    this.stub = temporal.client().newUntypedWorkflowStub(workflowId);
  }

  /** The same calls to the list of this launch. */
  Launch checklist() {
    return new Launch(temporal, name, name.checklistId());
  }

  LaunchName name() {
    return name;
  }

  /**
   * Where it stands.
   *
   * @throws NoWorker when only {@link #execution} can be told
   */
  LaunchStatus status() {
    LaunchStatus status = asked(() -> query("status", LaunchStatus.class));
    if (name.id() != null && !name.id().equals(status.launch())) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "Launch %s is not the current one of %s: that is %s."
              .formatted(name.id(), name, status.launch()),
          null);
    }
    return status;
  }

  /** Any query. */
  <T> T ask(String type, Class<T> answer, Object... input) {
    return asked(() -> query(type, answer, input));
  }

  List<TimelineEntry> timeline() {
    return List.of(asked(() -> query("timeline", TimelineEntry[].class)));
  }

  /** One of its documents, as Markdown. */
  String document(String query) {
    return asked(() -> query(query, String.class));
  }

  /** Directly, because the SDK's own call asks again after the limit. */
  private <T> T query(String type, Class<T> answer, Object... input) {
    WorkflowQuery.Builder query = WorkflowQuery.newBuilder().setQueryType(type);
    converter().toPayloads(input).ifPresent(query::setQueryArgs);
    QueryWorkflowRequest request =
        QueryWorkflowRequest.newBuilder()
            .setNamespace(temporal.namespace())
            .setExecution(workflow())
            .setQuery(query)
            .build();
    Payloads payloads = limited().queryWorkflow(request).getQueryResult();
    return converter().fromPayloads(0, Optional.of(payloads), answer, answer);
  }

  private WorkflowServiceBlockingStub limited() {
    return temporal
        .stubs()
        .blockingStub()
        .withDeadlineAfter(temporal.limit().toMillis(), TimeUnit.MILLISECONDS);
  }

  private WorkflowExecution workflow() {
    return WorkflowExecution.newBuilder().setWorkflowId(workflowId).build();
  }

  /** Whether Temporal answers, whatever it knows. */
  boolean isTemporalThere() {
    return temporal.answers();
  }

  void tryAgain() {
    temporal.tryAgain();
  }

  /** What Temporal itself knows; needs no worker. */
  Execution execution() {
    return known(() -> Execution.of(stub.describe().getRawDescription()));
  }

  /**
   * Starts a launch.
   *
   * @throws AlreadyRunning when one runs there
   */
  WorkflowExecution start(PlanDocument plan, String summary, String who) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(name.workflowId())
            .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setStaticSummary(summary)
            .setMemo(Map.of("startedBy", who))
            .build();
    try {
      return temporal.client().newUntypedWorkflowStub("LaunchWorkflow", options).start(plan);
    } catch (WorkflowExecutionAlreadyStarted running) {
      throw new AlreadyRunning(running);
    } catch (RuntimeException trouble) {
      throw temporal.trouble(trouble);
    }
  }

  /** A launch runs there already. */
  static final class AlreadyRunning extends RuntimeException {
    AlreadyRunning(WorkflowExecutionAlreadyStarted cause) {
      super(cause);
    }
  }

  /**
   * Sends an update and waits for the answer.
   *
   * @throws CommandFailure with the launch's own sentence when it refuses
   * @throws NoWorker when nobody took it
   */
  Receipt update(String verb, Object message) {
    return update(verb, message, Receipt.class);
  }

  /** The same where the answer is another. */
  <T> T update(String verb, Object message, Class<T> answers) {
    UpdateWorkflowExecutionResponse response = asked(() -> sent(verb, message));
    if (!response.hasOutcome()) {
      throw new NoWorker(temporal.limit());
    }
    if (response.getOutcome().hasFailure()) {
      throw new CommandFailure(
          ExitCode.CONFLICT, response.getOutcome().getFailure().getMessage(), null);
    }
    Payloads answer = response.getOutcome().getSuccess();
    return converter().fromPayloads(0, Optional.of(answer), answers, answers);
  }

  /** Directly, because the SDK's own call waits for a worker without a limit. */
  private UpdateWorkflowExecutionResponse sent(String verb, Object message) {
    Input.Builder input = Input.newBuilder().setName(verb);
    converter().toPayloads(message).ifPresent(input::setArgs);
    String identity = temporal.client().getOptions().getIdentity();
    UpdateWorkflowExecutionRequest request =
        UpdateWorkflowExecutionRequest.newBuilder()
            .setNamespace(temporal.namespace())
            .setWorkflowExecution(workflow())
            .setWaitPolicy(
                WaitPolicy.newBuilder()
                    .setLifecycleStage(
                        UpdateWorkflowExecutionLifecycleStage
                            .UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED))
            .setRequest(
                Request.newBuilder()
                    .setMeta(
                        Meta.newBuilder()
                            .setUpdateId(verb + "-" + UUID.randomUUID())
                            .setIdentity(identity))
                    .setInput(input))
            .build();
    return limited().updateWorkflowExecution(request);
  }

  /** Temporal keeps it until a worker runs. */
  void signal(String verb, Object message) {
    known(() -> {
      stub.signal(verb, message);
      return verb;
    });
  }

  /** How it ended; only after it has. */
  Outcome result() throws java.util.concurrent.TimeoutException {
    return stub.getResult(temporal.limit().toMillis(), TimeUnit.MILLISECONDS, Outcome.class);
  }

  private DataConverter converter() {
    return temporal.client().getOptions().getDataConverter();
  }

  /** Needs no worker, so that a silence is Temporal's. */
  private <T> T known(Supplier<T> call) {
    try {
      return asked(call);
    } catch (NoWorker silence) {
      throw new NoAnswer(temporal.address());
    }
  }

  private <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException trouble) {
      throw isUnknown(trouble) ? unknown() : temporal.trouble(trouble);
    }
  }

  private static boolean isUnknown(RuntimeException trouble) {
    Status status = Troubles.status(trouble);
    return status != null
        && status.getCode() == Status.Code.NOT_FOUND
        && !Troubles.isNamespaceMissing(trouble);
  }

  private static Instant end(Execution execution) {
    return execution.closed() == null ? execution.started() : execution.closed();
  }

  /** Not found is said of a launch that never was, and of one that is over. */
  private CommandFailure unknown() {
    if (!workflowId.equals(name.workflowId())) {
      return new CommandFailure(
          ExitCode.CONFLICT,
          "There is no checklist of %s: its plan has none, or readiness has not begun."
              .formatted(name),
          "See how it stands: liftoff status " + name);
    }
    try {
      Execution execution = Execution.of(stub.describe().getRawDescription());
      return new CommandFailure(
          ExitCode.CONFLICT,
          "The launch of %s is over: %s since %s. %s"
              .formatted(
                  name,
                  execution.statusWord(),
                  Times.second(end(execution)),
                  Ending.of(this, execution).sentence()),
          "See how it went: liftoff timeline " + name);
    } catch (RuntimeException notThere) {
      return new CommandFailure(
          ExitCode.USAGE,
          "There is no launch of %s in %s.".formatted(name.service(), name.environment()),
          "See which there are: liftoff list");
    }
  }
}
