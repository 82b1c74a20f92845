package dev.liftoff.starter;

import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.status.LaunchStatus;
import io.temporal.api.common.v1.WorkflowExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff start}. */
@Command(name = "start", description = "Check a plan and start its launch.")
final class Start implements Callable<Integer> {
  private final Session session;

  @Mixin PlanArgument file = new PlanArgument();

  @Option(names = "--at", paramLabel = "T0", description = "T+0, instead of launchAt in the plan")
  @Nullable Instant at;

  @Option(names = "--dry-run", description = "Show what would start, and change nothing")
  boolean dryRun;

  @Option(names = "--watch", description = "Follow it, as liftoff watch does")
  boolean watch;

  Start(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      PlanFile read = PlanFile.read(file.name());
      PlanFile plan = at == null ? read : read.at(at.toString());
      return start(plan, plan.plan());
    } catch (PlanFile.InvalidFile invalid) {
      return PlanArgument.refuse(session, invalid);
    }
  }

  private int start(PlanFile file, LaunchPlan plan) throws InterruptedException {
    LaunchName name = new LaunchName(plan.service(), plan.environment(), null);
    if (session.options().plain) {
      session.print(
          "liftoff plan json %s > plan.json".formatted(PlainTemporal.quoted(file.name())));
      session.print(PlainTemporal.start(session, name, "plan.json", PlanText.summary(plan)));
      return ExitCode.OK.code();
    }
    if (dryRun) {
      session.print(PlanText.of(plan));
      session.say("Would start workflow %s. Nothing was changed.".formatted(name.workflowId()));
      return ExitCode.OK.code();
    }
    try (Temporal temporal = session.connect()) {
      return started(temporal.launch(name), file, plan);
    }
  }

  private int started(Launch launch, PlanFile file, LaunchPlan plan) throws InterruptedException {
    try {
      WorkflowExecution execution =
          launch.start(file.document(), PlanText.summary(plan), session.who());
      tell(launch, execution, file, plan);
    } catch (Launch.AlreadyRunning running) {
      throw alreadyRunning(launch);
    }
    return watch
        ? new Following(
                session,
                launch,
                Duration.ofSeconds(1),
                null,
                false,
                new TemporalSilence(session, TemporalSilence.LIMIT))
            .follow()
        : ExitCode.OK.code();
  }

  private void tell(Launch launch, WorkflowExecution execution, PlanFile file, LaunchPlan plan) {
    String id = id(launch);
    Map<String, @Nullable String> started = new LinkedHashMap<>();
    started.put("workflow", execution.getWorkflowId());
    started.put("run", execution.getRunId());
    started.put("launch", id);
    started.put("plan", file.document().digest());
    if (session.asJson()) {
      session.json(started);
    } else {
      session.print("%s Started %s".formatted(session.paint().good("✔"), PlanText.sentence(plan)));
      started.forEach((key, value) ->
          session.print(
              "  %-9s %s"
                  .formatted(key, value == null ? "not known before a worker runs" : value)));
    }
    session.say(
        """
        Next: liftoff watch %1$s | liftoff status %1$s
              liftoff go %1$s | liftoff hold %1$s | liftoff rollback %1$s\
        """
            .formatted(launch.name()));
  }

  private @Nullable String id(Launch launch) {
    try {
      return launch.status().launch().toString();
    } catch (NoWorker silence) {
      session.say(silence.sentence() + " " + silence.hint());
      return null;
    } catch (CommandFailure notYet) {
      return null;
    }
  }

  private static CommandFailure alreadyRunning(Launch launch) {
    return new CommandFailure(
        ExitCode.CONFLICT,
        "A launch of %s in %s runs already: %s."
            .formatted(launch.name().service(), launch.name().environment(), running(launch)),
        "See it: liftoff status %1$s. End it: liftoff scrub %1$s or liftoff rollback %1$s"
            .formatted(launch.name()));
  }

  private static String running(Launch launch) {
    Instant since = launch.execution().started();
    try {
      LaunchStatus status = launch.status();
      return "%s by %s since %s, %s%s"
          .formatted(
              status.to(),
              status.commander(),
              Times.second(since),
              status.state(),
              status.milestone() == null ? "" : " at " + status.milestone());
    } catch (CommandFailure silent) {
      return "since " + Times.second(since);
    }
  }
}
