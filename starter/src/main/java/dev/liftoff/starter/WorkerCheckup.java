package dev.liftoff.starter;

import dev.liftoff.LaunchWorkflow;
import dev.liftoff.checkup.Checkup;
import dev.liftoff.gate.Role;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.probe.ProbeResult;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What only a worker knows: whom it verifies, and what it reaches. */
final class WorkerCheckup {
  /** The slowest of three ports takes 75 s; a worker that is away is known long before. */
  private static final Duration SOURCES = Duration.ofSeconds(90);

  private static final String NONE = "the worker was not asked";

  private WorkerCheckup() {}

  static List<Finding> of(Session session, boolean polled, @Nullable PlanDocument plan) {
    if (!polled) {
      return unasked("needs a worker", plan);
    }
    try (Temporal temporal = session.connect()) {
      Duration limit = plan == null ? temporal.limit() : SOURCES;
      return findings(asked(temporal, plan, limit), plan);
    } catch (TimeoutException silent) {
      return unasked("no worker answered in time: is it older than this command?", plan);
    } catch (RuntimeException failed) {
      return unasked(NONE + ": " + String.valueOf(failed.getMessage()), plan);
    }
  }

  /** Ends by itself where no worker knows it. */
  private static Checkup asked(Temporal temporal, @Nullable PlanDocument plan, Duration limit)
      throws TimeoutException {
    WorkflowStub checkup =
        temporal
            .client()
            .newUntypedWorkflowStub(
                "CheckupWorkflow",
                WorkflowOptions.newBuilder()
                    .setWorkflowId("doctor/" + UUID.randomUUID())
                    .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
                    .setWorkflowExecutionTimeout(limit.plus(limit))
                    .setStaticSummary("liftoff doctor")
                    .build());
    checkup.start(plan);
    return checkup.getResult(limit.toMillis(), TimeUnit.MILLISECONDS, Checkup.class);
  }

  private static List<Finding> findings(Checkup checkup, @Nullable PlanDocument plan) {
    List<Finding> findings = new ArrayList<>(List.of(people(checkup), polls(checkup)));
    checkup.sources().stream().map(WorkerCheckup::source).forEach(findings::add);
    if (plan != null && checkup.sources().isEmpty()) {
      findings.add(Finding.ok("sources", "the plan has neither checklist nor alerts: none"));
    }
    return findings;
  }

  private static Finding people(Checkup checkup) {
    if (checkup.unknown() != null) {
      return Finding.noData("people", checkup.unknown(), "See the log of the worker");
    }
    if (checkup.warning() != null) {
      return Finding.fail(
          "people",
          checkup.warning(),
          "liftoff people add NAME --roles ROLE --file FILE --token TOKEN, then start the worker with liftoff.people.token-file.file: FILE (deploy/docs/people.md)");
    }
    return checkup.people() == null
        ? Finding.ok("people", "proofs are asked for")
        : Finding.ok("people", checkup.people() + " can be verified, and must be");
  }

  private static Finding polls(Checkup checkup) {
    if (checkup.unknown() != null) {
      return Finding.noData("polls", "not known without its people", null);
    }
    String polls =
        checkup.polls().entrySet().stream()
            .sorted(java.util.Map.Entry.comparingByKey())
            .map(poll -> poll.getKey() + ": " + roles(poll.getValue()))
            .collect(Collectors.joining("; "));
    return Finding.ok(
        "polls",
        polls.isEmpty()
            ? "the worker asks for none: a plan alone says who votes (liftoff.people.token-file.polls)"
            : "whatever a plan says, these must say go at " + polls);
  }

  private static String roles(List<Role> roles) {
    return roles.stream().map(Role::word).collect(Collectors.joining(", "));
  }

  private static Finding source(ProbeResult result) {
    String subject = "source " + result.check();
    return switch (result.state()) {
      case PASS -> Finding.ok(subject, result.value());
      case FAIL -> Finding.fail(subject, result.value(), "must be: " + result.limit());
      case NO_DATA -> Finding.noData(subject, result.value(), "needed: " + result.limit());
    };
  }

  private static List<Finding> unasked(String why, @Nullable PlanDocument plan) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.noData("people", why, "Start one: liftoff worker"));
    findings.add(Finding.noData("polls", why, null));
    if (plan != null) {
      findings.add(Finding.noData("sources", why, null));
    }
    return findings;
  }
}
