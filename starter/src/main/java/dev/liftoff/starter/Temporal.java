package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A connection to Temporal that gives up soon and in one sentence. */
final class Temporal implements AutoCloseable {
  /** For what needs no worker. */
  private static final Duration TEMPORAL_LIMIT = Duration.ofSeconds(5);

  /** For what Temporal answers from memory, where somebody waits for the word. */
  private static final Duration GREETING_LIMIT = Duration.ofSeconds(2);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String address;
  private final Duration limit;

  private Temporal(
      WorkflowServiceStubs stubs, WorkflowClient client, String address, Duration limit) {
    this.stubs = stubs;
    this.client = client;
    this.address = address;
    this.limit = limit;
  }

  /**
   * Connects, and makes sure that Temporal answers.
   *
   * @param limit how long a worker may take for an answer
   * @throws CommandFailure when it cannot be reached
   */
  static Temporal connect(String address, String namespace, Duration limit, String identity) {
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(stubsOptions(address, limit));
    try {
      greet(stubs, address, TEMPORAL_LIMIT);
    } catch (RuntimeException unreachable) {
      stubs.shutdownNow();
      throw Troubles.of(unreachable, address, namespace, limit);
    }
    WorkflowClientOptions options =
        WorkflowClientOptions.newBuilder()
            .setNamespace(namespace)
            .setDataConverter(Payloads.converter())
            .setIdentity(identity)
            .build();
    return new Temporal(stubs, WorkflowClient.newInstance(stubs, options), address, limit);
  }

  /** Whether it says anything at all, and soon. */
  boolean answers() {
    try {
      greet(stubs, address, GREETING_LIMIT);
      return true;
    } catch (RuntimeException silent) {
      return false;
    }
  }

  /** The pauses of a connection that is refused grow to two minutes: the next try is now. */
  void tryAgain() {
    stubs.getRawChannel().resetConnectBackoff();
  }

  private static void greet(WorkflowServiceStubs stubs, String address, Duration limit) {
    try {
      stubs
          .blockingStub()
          .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
    } catch (StatusRuntimeException trouble) {
      throw trouble.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
          ? new NoAnswer(address)
          : trouble;
    }
  }

  private static WorkflowServiceStubsOptions stubsOptions(String address, Duration limit) {
    if (!address.matches("(\\[[0-9a-fA-F:]+]|[^\\s:/]+):\\d{1,5}")) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "The address of Temporal must be HOST:PORT such as 127.0.0.1:7233, was '%s'."
              .formatted(address),
          null);
    }
    return WorkflowServiceStubsOptions.newBuilder()
        .setTarget(address)
        .setRpcTimeout(TEMPORAL_LIMIT)
        .setRpcQueryTimeout(limit)
        .setRpcRetryOptions(
            RpcRetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(50))
                .setMaximumInterval(Duration.ofMillis(500))
                .setExpiration(TEMPORAL_LIMIT)
                .build())
        .validateAndBuildWithDefaults();
  }

  WorkflowServiceStubs stubs() {
    return stubs;
  }

  WorkflowClient client() {
    return client;
  }

  String address() {
    return address;
  }

  String namespace() {
    return client.getOptions().getNamespace();
  }

  Duration limit() {
    return limit;
  }

  CommandFailure trouble(RuntimeException cause) {
    return Troubles.of(cause, address, namespace(), limit);
  }

  Launch launch(LaunchName name) {
    return new Launch(this, name);
  }

  /** The launch of this name; without one, the only launch that runs. */
  Launch launch(@Nullable String name) {
    return launch(name == null ? onlyRunning() : LaunchName.parse(name));
  }

  /**
   * The launch that is meant when none was named.
   *
   * @throws CommandFailure naming them all, when it is not exactly one
   */
  LaunchName onlyRunning() {
    List<String> running =
        new Listing(this)
            .launches(100).stream()
                .filter(launch ->
                    launch.status() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING)
                .map(Listing.Entry::workflowId)
                .distinct()
                .collect(Collectors.toList());
    if (running.size() == 1) {
      return LaunchName.parse(running.getFirst());
    }
    throw new CommandFailure(
        ExitCode.USAGE,
        running.isEmpty()
            ? "No launch is running."
            : "Which launch? There are "
                + running.stream().map(Temporal::shortened).collect(Collectors.joining(", "))
                + ".",
        "Name it, such as shop/production; see liftoff list");
  }

  private static String shortened(String workflowId) {
    return workflowId.startsWith("launch/") ? workflowId.substring("launch/".length()) : workflowId;
  }

  static boolean isLaunch(String workflowId) {
    String[] parts = workflowId.split("/", -1);
    return parts.length == 3
        && parts[0].equals("launch")
        && LaunchId.isName(parts[1])
        && LaunchId.isName(parts[2]);
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
