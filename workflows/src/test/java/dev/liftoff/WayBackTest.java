package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.container.Slot;
import dev.liftoff.gate.Command;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.status.LaunchStatus.Undo;
import dev.liftoff.status.LaunchStatus.UndoState;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rollback and cancellation at any time, and what happens when an undo cannot finish. */
class WayBackTest {
  private static final Weights BLUE = Weights.of(Slot.BLUE, Weight.ALL);

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @ParameterizedTest
  @EnumSource(
      value = Milestone.class,
      names = {
        "READINESS",
        "BRIEFING",
        "MIGRATE",
        "GO_LIVE",
        "VALIDATION_30M",
        "REVIEW_24H",
        "REVIEW_48H"
      })
  void aRollbackAtAnOpenGateRollsBack(Milestone gate) {
    pad.start(Plans.withGate(gate));
    pad.awaitGate(gate);

    pad.tell("rollback");

    assertThat(pad.outcome())
        .isEqualTo(new Outcome.RolledBack(gate, "rolled back by ann: because", List.of()));
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
    assertThat(pad.containers.exists("shop-test-blue")).isTrue();
  }

  @Test
  @Recorded
  void aRollbackInASoakBringsTrafficBack() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);

    assertThat(pad.tell("rollback").message())
        .isEqualTo("traffic goes back first, then the rest is undone");

    assertThat(((Outcome.RolledBack) pad.outcome()).at()).isEqualTo(Milestone.GO_LIVE);
    assertThat(pad.turnstile.callsFrom("TrafficRestore"))
        .containsExactly(
            "TrafficRestore",
            "TrafficDrain",
            "ContainersCapture",
            "ContainersStop",
            "DatabaseReconcile",
            "DatabaseDiscardScratch",
            "ConfigFilesRestore");
  }

  @Test
  @Recorded
  void aRollbackBySignalAfterADayBringsTrafficBack() {
    pad.start(
        Plans.brief(plan ->
            plan.withObject("/offsets").put("review-48h", "30h").put("retrospective", "7d")));
    pad.awaitNext(Milestone.REVIEW_48H);
    pad.sleep(Duration.ofHours(24));

    pad.running().signal("rollback", LaunchPad.command("customers complain"));

    assertThat(((Outcome.RolledBack) pad.outcome()).reason())
        .isEqualTo("rolled back by ann: customers complain");
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
  }

  @Test
  @Recorded
  void aRollbackInAHoldRollsBack() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.HAND_OVER);
    pad.tell("hold");

    pad.tell("rollback");

    assertThat(((Outcome.RolledBack) pad.outcome()).reason())
        .isEqualTo("rolled back by ann: because");
  }

  @Test
  void aRollbackWhileItAsksForHelpRollsBack() {
    pad.start(Plans.withGate(Milestone.REVIEW_24H));
    pad.await(State.NEEDS_HUMAN);

    pad.tell("rollback");

    assertThat(((Outcome.RolledBack) pad.outcome()).reason())
        .isEqualTo("rolled back by ann: because");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ContainersPin",
        "DatabaseBackUp",
        "DatabaseProveAndKeep",
        "DatabaseMigrate",
        "ContainersStart",
        "ProbeWarmUp",
        "TrafficShift"
      })
  void aRollbackWhileAStepRunsWaitsForItAndThenUndoesIt(String step) {
    pad.interrupt(step, () -> pad.running().signal("rollback", LaunchPad.command("stop it")));

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(((Outcome.RolledBack) outcome).reason()).isEqualTo("rolled back by ann: stop it");
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
    assertThat(pad.database.hasScratch()).isFalse();
    assertThat(pad.turnstile.times(step)).isEqualTo(1);
  }

  @Test
  @Recorded
  void aRollbackDuringALongStepEndsItThroughItsHeartbeat() {
    pad.interrupt(
        "DatabaseBackUp", () -> pad.running().signal("rollback", LaunchPad.command("stop it")));
    pad.turnstile.after(
        "DatabaseBackUp",
        () -> {
          Activity.getExecutionContext().heartbeat("half of it");
          throw new AssertionError("the heartbeat must say that it is cancelled");
        });

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.RolledBack(Milestone.BACKUP, "rolled back by ann: stop it", List.of()));
    assertThat(pad.turnstile.callsFrom("DatabaseBackUp"))
        .containsExactly("DatabaseBackUp", "DatabaseDiscardScratch", "ConfigFilesRestore");
  }

  @Test
  void aRollbackWhileAStepIsRepeatedDoesNotWaitForIt() {
    pad.turnstile.before(
        "TrafficShift",
        () -> {
          throw pad.turnstile.times("TrafficShift") == 1
              ? new IllegalStateException("away")
              : away(Duration.ofMinutes(2));
        });
    pad.start(new PlanDocument(Plans.brief()));
    pad.await("between two attempts", _ -> pad.failedAttempts("TrafficShift") == 2);

    pad.running().signal("rollback", LaunchPad.command("the proxy is away"));

    assertThat(((Outcome.RolledBack) pad.outcome()).reason())
        .isEqualTo("rolled back by ann: the proxy is away");
    assertThat(pad.turnstile.times("TrafficShift")).isEqualTo(2);
  }

  @Test
  void aStepThatFailsAfterARollbackIsAskedForDoesNotHideItsReason() {
    pad.interrupt(
        "TrafficShift", () -> pad.running().signal("rollback", LaunchPad.command("stop it")));
    pad.turnstile.after(
        "TrafficShift",
        () -> {
          throw FailureType.TRAFFIC_REFUSED.permanent("the map has no key for shop");
        });

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.RolledBack(Milestone.GO_LIVE, "rolled back by ann: stop it", List.of()));
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
  }

  @Test
  void aRollbackIsRefusedOnceSettled() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.RETROSPECTIVE);

    assertThat(pad.refusal("rollback", LaunchPad.command("late")))
        .isEqualTo(
            "the launch is settled and the old version is gone: launch the old version instead");
    assertThat(pad.refusalBySignal("rollback", LaunchPad.command("late")))
        .startsWith("rollback refused: the launch is settled");
    assertThat(pad.status().wayBack().open()).isFalse();
  }

  @Test
  void aRollbackBeforeTheOldVersionGoesIsNotLostToTheLastGo() {
    pad.start(Plans.withGate(Milestone.REVIEW_48H));
    pad.awaitGate(Milestone.REVIEW_48H);

    pad.running().signal("decide", pad.decision(Milestone.REVIEW_48H, "go"));
    pad.running().signal("rollback", LaunchPad.command("wait"));
    Outcome outcome = pad.outcome();

    boolean back = outcome instanceof Outcome.RolledBack;
    assertThat(pad.traffic.weights())
        .isEqualTo(Weights.of(back ? Slot.BLUE : Slot.GREEN, Weight.ALL));
    assertThat(pad.containers.exists("shop-test-blue")).isEqualTo(back);
  }

  @Test
  @Recorded
  void aCancellationInASoakRollsBackAndEndsAsCancelled() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);

    pad.running().cancel();

    assertCancelled();
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Milestone.class,
      names = {"READINESS", "MIGRATE", "GO_LIVE", "VALIDATION_30M", "REVIEW_48H"})
  void aCancellationAtAGateRollsBackAndEndsAsCancelled(Milestone gate) {
    pad.start(Plans.withGate(gate));
    pad.awaitGate(gate);

    pad.running().cancel();

    assertCancelled();
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
    assertThat(pad.containers.exists("shop-test-blue")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Milestone.class,
      names = {"PREFLIGHT", "VALIDATION_15M", "REVIEW_24H"})
  void aCancellationInAWaitRollsBackAndEndsAsCancelled(Milestone next) {
    Instant launchAt = pad.clock().plus(Duration.ofHours(4));
    pad.start(Plans.brief(plan -> plan.put("launchAt", launchAt.toString())));
    pad.awaitNext(next);

    pad.running().cancel();

    assertCancelled();
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TrafficRead",
        "ContainersPin",
        "DatabaseBackUp",
        "DatabaseMigrate",
        "ContainersStart",
        "ProbeCheck",
        "TrafficShift"
      })
  void aCancellationWhileAStepRunsRollsBackAndEndsAsCancelled(String step) {
    pad.interrupt(step, () -> pad.running().cancel());
    pad.start(new PlanDocument(Plans.brief()));

    assertCancelled();
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
    assertThat(pad.containers.exists("shop-test-blue")).isTrue();
  }

  @Test
  void aCancellationInAHoldRollsBackAndEndsAsCancelled() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.HAND_OVER);
    pad.tell("hold");

    pad.running().cancel();

    assertCancelled();
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
  }

  @Test
  void aCancellationWhileItAsksForHelpRollsBackAndEndsAsCancelled() {
    pad.start(Plans.withGate(Milestone.REVIEW_24H));
    pad.await(State.NEEDS_HUMAN);

    pad.running().cancel();

    assertCancelled();
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
  }

  @Test
  @Recorded
  void aCancellationAfterItIsSettledLeavesTheNewVersion() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.RETROSPECTIVE);

    pad.running().cancel();

    assertCancelled();
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, Weight.ALL));
    assertThat(pad.told()).doesNotContain("ROLLING BACK");
    assertThat(pad.timeline())
        .last()
        .isEqualTo(
            "MILESTONE liftoff: cancelled: cancelled from Temporal after it was settled: v2 stays");
  }

  @Test
  void aCancellationWhileTheOldVersionIsRemovedDoesNotLeaveItHalfRemoved() {
    pad.turnstile.beforeNext("ContainersStop", () -> pad.running().cancel());
    pad.start(new PlanDocument(Plans.brief()));

    assertCancelled();
    assertThat(pad.containers.exists("shop-test-blue")).isFalse();
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, Weight.ALL));
  }

  @Test
  void aCancellationOnTheWayBackDoesNotStopIt() {
    pad.turnstile.beforeNext("TrafficDrain", () -> pad.running().cancel());
    pad.metrics.failingAt(Weight.ALL);

    pad.start(new PlanDocument(Plans.brief()));

    assertCancelled();
    assertThat(pad.status().outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.status().outcome().leftovers()).isEmpty();
    assertThat(pad.turnstile.calls()).endsWith("DatabaseDiscardScratch", "ConfigFilesRestore");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold", "resume", "promote", "scrub", "rollback"})
  void nothingInterruptsTheWayBack(String verb) {
    proxyTakesNothingBack();
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.refusal(verb, LaunchPad.command("please"))).startsWith("the way back runs");
    assertThat(pad.refusalBySignal(verb, LaunchPad.command("please")))
        .startsWith(verb + " refused: the way back runs");
  }

  @Test
  void aGateThatWasOpenTakesNoDecisionOnTheWayBack() {
    pad.start(Plans.withGate(Milestone.VALIDATION_30M));
    pad.awaitGate(Milestone.VALIDATION_30M);
    pad.traffic.refusing("the map has no key for shop");
    var decision = pad.decision(Milestone.VALIDATION_30M, "go");
    pad.tell("rollback");
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.refusal("decide", decision)).isEqualTo("the way back runs already");
    assertThat(pad.status().awaited()).isNull();
  }

  @Test
  @Recorded
  void anUndoThatCannotFinishWaitsForARetry() {
    proxyTakesNothingBack();
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.NEEDS_HUMAN);
    assertThat(pad.status().because())
        .isEqualTo(
            "undo 'traffic back to blue' cannot finish: the map has no key for shop; decide retry or skip");
    assertThat(pad.status().undo().getFirst())
        .isEqualTo(
            new Undo("traffic back to blue", UndoState.FAILED, "the map has no key for shop"));
    assertThat(pad.told()).contains("NEEDS A HUMAN");

    assertThat(pad.tell("retry").message()).isEqualTo("tries again: traffic back to blue");
    pad.sleep(Duration.ofMinutes(1));
    assertThat(pad.status().state()).as("still refused").isEqualTo(State.NEEDS_HUMAN);
    pad.traffic.accepting();
    pad.running().signal("retry", LaunchPad.command("repaired"));

    assertThat(pad.outcome().leftovers()).isEmpty();
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
    assertThat(pad.status().undo())
        .allSatisfy(undo -> assertThat(undo.state()).isEqualTo(UndoState.DONE));
  }

  @Test
  @Recorded
  void anUndoThatIsSkippedIsReportedAsLeftBehind() {
    proxyTakesNothingBack();
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.NEEDS_HUMAN);

    pad.tell("skip");

    assertThat(pad.outcome().leftovers())
        .containsExactly("traffic back to blue: the map has no key for shop");
    assertThat(pad.turnstile.calls()).endsWith("DatabaseDiscardScratch", "ConfigFilesRestore");
    assertThat(pad.status().undo().getFirst().state()).isEqualTo(UndoState.SKIPPED);
  }

  @Test
  void severalUndosThatFailAreDecidedOneByOne() {
    proxyTakesNothingBack();
    fails("DatabaseReconcile", "the database is away");
    fails("ConfigFilesRestore", "the disk is full");
    pad.start(new PlanDocument(Plans.brief()));

    pad.await("waiting for traffic", status -> status.because().contains("'traffic back to blue'"));
    assertThat(
            pad.refusal(
                "skip", new Command(null, "ann", "cto", "no", "restore configuration files")))
        .isEqualTo("the undo that waits is 'traffic back to blue'");
    pad.update("skip", new Command(null, "ann", "cto", "no", "traffic back to blue"));
    pad.await(
        "waiting for the schema",
        status -> status.because().contains("'find out what the migration left'"));
    pad.turnstile.openAgain("DatabaseReconcile");
    pad.tell("retry");
    pad.await(
        "waiting for files", status -> status.because().contains("'restore configuration files'"));
    pad.tell("skip");

    assertThat(pad.outcome().leftovers())
        .containsExactly(
            "traffic back to blue: the map has no key for shop",
            "restore configuration files: the disk is full");
  }

  @Test
  void anUndoThatIsRepeatedUntilItsTimeIsOverAsksToo() {
    pad.metrics.failingAt(Weight.ALL);
    pad.turnstile.before(
        "TrafficRestore",
        () -> {
          throw new IllegalStateException("the proxy is away");
        });
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.status().because()).contains("the proxy is away");
    pad.turnstile.openAgain("TrafficRestore");
    pad.tell("retry");

    assertThat(pad.outcome().leftovers()).isEmpty();
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
  }

  @Test
  @Recorded
  void aCancellationWhileAnUndoWaitsForAHumanKeepsWaiting() {
    proxyTakesNothingBack();
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.NEEDS_HUMAN);

    pad.running().cancel();
    pad.sleep(Duration.ofHours(5));
    assertThat(pad.status().state()).isEqualTo(State.NEEDS_HUMAN);
    pad.traffic.accepting();
    pad.tell("retry");

    assertCancelled();
    assertThat(pad.status().outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.traffic.weights()).isEqualTo(BLUE);
  }

  @Test
  void theGuardDoesNotInterfereWithTheWayBack() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.HAND_OVER);
    pad.traffic.refusing("the map has no key for shop");
    pad.tell("rollback");
    pad.await(State.NEEDS_HUMAN);
    int watches = pad.turnstile.times("MetricsWatch");

    pad.metrics.failingAt(Weight.ALL);
    pad.sleep(Duration.ofHours(3));
    pad.traffic.accepting();
    pad.tell("retry");

    assertThat(((Outcome.RolledBack) pad.outcome()).reason())
        .isEqualTo("rolled back by ann: because");
    assertThat(pad.turnstile.times("MetricsWatch")).isEqualTo(watches);
  }

  private void proxyTakesNothingBack() {
    pad.turnstile.beforeNext(
        "MetricsWatch", () -> pad.traffic.refusing("the map has no key for shop"));
    pad.metrics.failingAt(new Weight(25));
  }

  /** With a next attempt so far off that a rollback comes before it. */
  private static ApplicationFailure away(Duration nextAttemptIn) {
    return ApplicationFailure.newBuilder()
        .setMessage("away")
        .setType("Away")
        .setNextRetryDelay(nextAttemptIn)
        .build();
  }

  private void fails(String activity, String why) {
    pad.turnstile.before(
        activity,
        () -> {
          throw FailureType.DATABASE_REFUSED.permanent(why);
        });
  }

  private void assertCancelled() {
    assertThatThrownBy(pad::outcome)
        .isInstanceOf(WorkflowFailedException.class)
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(pad.running().describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(pad.status().state()).isEqualTo(State.ENDED);
  }
}
