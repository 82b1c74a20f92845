package dev.liftoff.starter;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.client.WorkflowQueryException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.serviceclient.StatusUtils;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in one sentence what Temporal says in thirty lines. */
final class Troubles {
  private Troubles() {}

  static CommandFailure of(
      RuntimeException trouble, String address, String namespace, Duration limit) {
    if (trouble instanceof CommandFailure known) {
      return known;
    }
    Status status = status(trouble);
    if (status != null) {
      return of(status, isNamespaceMissing(trouble), address, namespace, limit);
    }
    if (find(trouble, DataConverterException.class) != null) {
      return new CommandFailure(
          ExitCode.UNEXPECTED,
          "The launch answers in a form that this command does not know.",
          "Use the command line and the worker of the same version");
    }
    return new CommandFailure(ExitCode.UNEXPECTED, said(trouble), null);
  }

  private static CommandFailure of(
      Status status, boolean namespaceMissing, String address, String namespace, Duration limit) {
    String said = String.valueOf(status.getDescription());
    return switch (status.getCode()) {
      case UNAVAILABLE -> unreachable(status, address);
      case DEADLINE_EXCEEDED, CANCELLED -> new NoWorker(limit);
      case NOT_FOUND -> notFound(said, address, namespace, namespaceMissing);
      case FAILED_PRECONDITION -> precondition(said, limit);
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          new CommandFailure(
              ExitCode.NOT_AUTHORISED, "Temporal at %s refuses: %s".formatted(address, said), null);
      case RESOURCE_EXHAUSTED ->
          new CommandFailure(
              ExitCode.UNREACHABLE,
              "Temporal at %s is overloaded: %s".formatted(address, said),
              "Try again");
      case UNIMPLEMENTED ->
          new CommandFailure(
              ExitCode.UNEXPECTED,
              "What answers at %s does not know this request: %s".formatted(address, said),
              "Is this the gRPC port of Temporal (7233), and not its UI?");
      case INVALID_ARGUMENT ->
          new CommandFailure(ExitCode.UNEXPECTED, "Temporal does not take this: " + said, null);
      default ->
          new CommandFailure(
              ExitCode.UNEXPECTED,
              "Temporal at %s answers %s: %s".formatted(address, status.getCode(), said),
              null);
    };
  }

  static boolean isNamespaceMissing(RuntimeException trouble) {
    StatusRuntimeException found = find(trouble, StatusRuntimeException.class);
    return found != null && StatusUtils.hasFailure(found, NamespaceNotFoundFailure.class);
  }

  private static CommandFailure unreachable(Status status, String address) {
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    String reason =
        root == null || root.getMessage() == null
            ? String.valueOf(status.getDescription())
            : root.getMessage();
    return new CommandFailure(
        ExitCode.UNREACHABLE,
        "Temporal cannot be reached at %s: %s.".formatted(address, plainly(reason)),
        "Start it (deploy/temporal/start) or name another one with --address or TEMPORAL_ADDRESS");
  }

  /** gRPC tells which of its functions failed before it tells why. */
  private static String plainly(String reason) {
    String line = firstLine(reason);
    return line.replaceFirst("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", "")
        .toLowerCase(Locale.ROOT);
  }

  private static CommandFailure notFound(
      String said, String address, String namespace, boolean namespaceMissing) {
    if (namespaceMissing) {
      return new CommandFailure(
          ExitCode.USAGE,
          "Temporal at %s has no namespace '%s'.".formatted(address, namespace),
          "Create it: temporal operator namespace create --namespace "
              + namespace
              + " --retention 2160h");
    }
    return new CommandFailure(
        ExitCode.USAGE, "Temporal does not know it: " + said, "See liftoff list");
  }

  private static CommandFailure precondition(String said, Duration limit) {
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("no poller")) {
      return new NoWorker(limit);
    }
    if (lower.contains("closed before workflowtaskstarted")) {
      return NoWorker.neverRan();
    }
    if (lower.contains("workflow task in failed state") || lower.contains("workflow task failed")) {
      return new CommandFailure(
          ExitCode.UNEXPECTED,
          "The worker fails at this launch, so that it can neither go on nor answer.",
          "See its log, and: temporal workflow describe; it goes on once the worker is repaired");
    }
    return new CommandFailure(ExitCode.CONFLICT, "Temporal refuses: " + said, null);
  }

  static @Nullable Status status(Throwable trouble) {
    StatusRuntimeException found = find(trouble, StatusRuntimeException.class);
    return found == null ? null : found.getStatus();
  }

  static <T extends Throwable> @Nullable T find(@Nullable Throwable trouble, Class<T> type) {
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static String said(RuntimeException trouble) {
    Throwable cause =
        trouble instanceof WorkflowQueryException && trouble.getCause() != null
            ? trouble.getCause()
            : trouble;
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : firstLine(message);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text).strip();
  }
}
