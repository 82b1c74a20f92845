package dev.liftoff.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The Temporal this worker belongs to: one server, one namespace. */
final class TemporalConnection {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  private final WorkflowServiceStubs service;
  private final String namespace;

  TemporalConnection(WorkflowServiceStubs service, String namespace) {
    this.service = service;
    this.namespace = namespace;
  }

  /** What keeps us from working with it, as a sentence with the fix; empty when it serves. */
  Optional<String> trouble() {
    try {
      service
          .blockingStub()
          .withDeadlineAfter(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build());
      return Optional.empty();
    } catch (StatusRuntimeException refused) {
      return Optional.of(sentence(refused.getStatus()));
    }
  }

  WorkflowServiceStubs service() {
    return service;
  }

  String namespace() {
    return namespace;
  }

  /** Temporal's test server inside this process has no address. */
  String target() {
    return Objects.requireNonNullElse(service.getOptions().getTarget(), "in-process");
  }

  private String sentence(Status status) {
    return switch (status.getCode()) {
      case NOT_FOUND ->
          "Temporal at %s has no namespace '%s'; create it: temporal operator namespace create -n %s"
              .formatted(target(), namespace, namespace);
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          "Temporal at %s refuses this worker (%s); check its certificate or API key"
              .formatted(target(), status.getCode());
      default ->
          "Temporal at %s does not answer (%s); start it: deploy/temporal/start, or set TEMPORAL_ADDRESS"
              .formatted(target(), status.getCode());
    };
  }
}
