package dev.liftoff;

import dev.liftoff.alerts.Alerts;
import dev.liftoff.compatibility.Compatibility;
import dev.liftoff.config.ConfigFiles;
import dev.liftoff.container.Containers;
import dev.liftoff.database.Database;
import dev.liftoff.gate.Texts;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.notify.Notifier;
import dev.liftoff.people.Identity;
import dev.liftoff.plan.PlanInForce;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.Probe;
import dev.liftoff.traffic.Traffic;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/**
 * Every timeout and retry of a launch. One attempt may take the first duration, trying may take the
 * second. Steps with an effect are waited for when they are cancelled, so that an undo never races
 * the step it undoes.
 */
public final class Stubs {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration PULL = Duration.ofMinutes(15);
  private static final Duration TRIAL = Duration.ofMinutes(3);
  private static final Duration WARM_UP = Duration.ofMinutes(3);
  private static final Duration CALIBRATION = Duration.ofMinutes(3);
  private static final Duration ALERTS = Duration.ofMinutes(1);
  private static final Duration MESSAGE = Duration.ofMinutes(2);
  private static final Duration COUNTED = Duration.ofSeconds(10);
  private static final Duration HAND_OVER = Duration.ofMinutes(5);
  private static final Duration POLICY = Duration.ofMinutes(1);
  private static final int SUMMARY_BYTES = 400;

  private final PlanInForce plan;
  private final String queue;

  private Stubs(PlanInForce plan, String queue) {
    this.plan = plan;
    this.queue = queue;
  }

  public static Stubs forward(PlanInForce plan) {
    return new Stubs(plan, LaunchWorkflow.TASK_QUEUE);
  }

  /** The way back has a task queue of its own: a busy worker cannot block it. */
  public static Stubs back(PlanInForce plan) {
    return new Stubs(plan, LaunchWorkflow.UNDO_TASK_QUEUE);
  }

  Traffic traffic(String summary) {
    return stub(Traffic.class, step(summary, QUICK, plan.now().limits().step()));
  }

  Traffic drain(String summary) {
    return stub(
        Traffic.class,
        step(
            summary,
            plan.now().traffic().drainLimit().plus(QUICK),
            plan.now().limits().step().plus(plan.now().traffic().drainLimit())));
  }

  Containers containers(String summary) {
    Duration longest =
        plan.now().container().startLimit().plus(plan.now().container().stopLimit()).plus(QUICK);
    return stub(
        Containers.class, beating(summary, longest, plan.now().limits().step().plus(longest)));
  }

  Containers images(String summary) {
    return stub(Containers.class, beating(summary, PULL, PULL.multipliedBy(2)));
  }

  Database database(String summary, Duration limit) {
    return stub(Database.class, beating(summary, limit, limit.plus(plan.now().limits().step())));
  }

  /** Three versions start, answer and end, one after the other. */
  Compatibility compatibility(String summary) {
    Duration each =
        plan.now().container().startLimit().plus(plan.now().container().stopLimit()).plus(TRIAL);
    Duration all = each.multipliedBy(3);
    return stub(Compatibility.class, beating(summary, all, all.plus(plan.now().limits().step())));
  }

  Probe probe(String summary) {
    return stub(Probe.class, beating(summary, WARM_UP, plan.now().limits().step().plus(WARM_UP)));
  }

  /**
   * Containers take their time, and traffic must not wait for one to end before it goes back: an
   * undo ends those that still run.
   */
  Probe probe(String summary, List<Check> checks) {
    Duration longest = Check.longestContainer(checks);
    return longest.isZero()
        ? probe(summary)
        : stub(
            Probe.class,
            beating(
                    summary,
                    longest.plus(WARM_UP),
                    longest.plus(WARM_UP).multipliedBy(2).plus(plan.now().limits().step()))
                .setCancellationType(ActivityCancellationType.TRY_CANCEL));
  }

  ConfigFiles configuration(String summary) {
    return stub(ConfigFiles.class, step(summary, QUICK, plan.now().limits().step()));
  }

  public Metrics metrics(String summary) {
    return stub(Metrics.class, step(summary, QUICK, plan.now().limits().step()));
  }

  /** Worth a little patience and no more: nothing hangs on what is counted. */
  public Metrics counting(String summary, Duration patience) {
    Duration attempt = patience.plus(COUNTED);
    return stub(
        Metrics.class,
        options(summary, attempt, attempt.plus(COUNTED))
            .setCancellationType(ActivityCancellationType.TRY_CANCEL));
  }

  /** A day of history is read, hour by hour. It has no effect, and nobody waits for it for ever. */
  Metrics calibration(String summary) {
    return stub(
        Metrics.class,
        options(summary, CALIBRATION, CALIBRATION.multipliedBy(2))
            .setHeartbeatTimeout(HEARTBEAT)
            .setCancellationType(ActivityCancellationType.TRY_CANCEL));
  }

  /**
   * Watching has no effect, so a cancelled watch is not waited for: traffic must be back within a
   * second.
   */
  public Metrics watch(String summary, Duration length) {
    return stub(
        Metrics.class,
        options(summary, length.plus(HAND_OVER), length.plus(HAND_OVER.multipliedBy(2)))
            .setHeartbeatTimeout(HEARTBEAT.plus(plan.now().metrics().interval()))
            .setCancellationType(ActivityCancellationType.TRY_CANCEL));
  }

  /** A launch waits for what it asks, and its undo not for long: silences end by themselves. */
  public Alerts alerts(String summary) {
    return stub(Alerts.class, step(summary, QUICK, ALERTS));
  }

  public Notifier notifier(String summary) {
    return stub(
        Notifier.class,
        options(summary, QUICK, MESSAGE).setCancellationType(ActivityCancellationType.ABANDON));
  }

  /**
   * By a local activity: it has no effect, and costs the history one event. Never in a handler of a
   * message, where its marker could come between others and the launch could not be replayed.
   */
  public static Identity policy() {
    return Workflow.newLocalActivityStub(
        Identity.class,
        LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(QUICK)
            .setScheduleToCloseTimeout(POLICY)
            .setSummary("Who may do what")
            .build());
  }

  private ActivityOptions.Builder step(String summary, Duration attempt, Duration trying) {
    return options(summary, attempt, trying)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED);
  }

  private ActivityOptions.Builder beating(String summary, Duration attempt, Duration trying) {
    return step(summary, attempt, trying).setHeartbeatTimeout(HEARTBEAT);
  }

  private ActivityOptions.Builder options(String summary, Duration attempt, Duration trying) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setSummary(cut(summary))
        .setStartToCloseTimeout(attempt)
        .setScheduleToCloseTimeout(trying)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(300))
                .setBackoffCoefficient(2)
                .setMaximumInterval(Duration.ofSeconds(10))
                .build());
  }

  private static <T> T stub(Class<T> port, ActivityOptions.Builder options) {
    return Workflow.newActivityStub(port, options.build());
  }

  static String cut(String summary) {
    return Texts.cut(summary, SUMMARY_BYTES / 4);
  }
}
