package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.gate.Command;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold, resume, promote, scrub, note: what each does where, and where it is refused. */
class CommandTest {
  private static final String NOTHING_TO_PROMOTE =
      "nothing is soaking: promote skips the rest of a soak, or of a wait after T+0";

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aHoldStopsTheClockAndResumeMovesWhatFollows() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.CHECKPOINT_2H);
    Instant due = pad.status().next().at();

    pad.tell("hold");
    assertThat(pad.status().state()).isEqualTo(State.HELD);
    pad.sleep(Duration.ofMinutes(30));
    pad.tell("resume");
    assertThat(pad.status().clock().held())
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
    pad.awaitNext(Milestone.CHECKPOINT_2H);

    assertThat(Duration.between(due, pad.status().next().at()))
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
    assertThat(pad.status().clock().heldSince()).isNull();
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aHoldBeforeTrafficMovesThePlannedHour() {
    Instant launchAt = pad.clock().plus(Duration.ofHours(3));
    pad.start(Plans.brief(plan -> plan.put("launchAt", launchAt.toString())));
    pad.awaitNext(Milestone.PREFLIGHT);

    pad.tell("hold");
    pad.sleep(Duration.ofMinutes(20));
    pad.tell("resume");
    pad.await(Milestone.GO_LIVE);

    assertThat(pad.status().clock().planned())
        .isBetween(launchAt.plus(Duration.ofMinutes(20)), launchAt.plus(Duration.ofMinutes(21)));
    assertThat(pad.clock()).isAfterOrEqualTo(launchAt.plus(Duration.ofMinutes(20)));
  }

  @Test
  void aHoldThatBeginsBeforeTrafficCountsAfterItOnlyFromThen() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    pad.tell("hold");
    pad.sleep(Duration.ofMinutes(40));
    pad.tell("resume");
    pad.awaitNext(Milestone.VALIDATION_15M);

    assertThat(pad.status().clock().held()).isEqualTo(Duration.ZERO);
    assertThat(pad.status().next().at())
        .isEqualTo(pad.status().clock().actual().plus(Duration.ofMinutes(5)));
  }

  @Test
  void aHoldWhileAStepRunsLetsItFinishAndThenWaits() {
    pad.turnstile.beforeNext(
        "DatabaseBackUp", () -> pad.running().signal("hold", LaunchPad.command("wait")));
    pad.start(new PlanDocument(Plans.brief()));

    pad.await(State.HELD);

    assertThat(pad.turnstile.calls()).endsWith("DatabaseRehearse", "DatabaseDiscardScratch");
    assertThat(pad.status().milestone()).isEqualTo(Milestone.BACKUP);
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aHoldAtAGateIsOnAfterTheGo() {
    pad.start(Plans.withGate(Milestone.GO_LIVE));
    pad.awaitGate(Milestone.GO_LIVE);

    pad.tell("hold");
    pad.update("decide", pad.decision(Milestone.GO_LIVE, "go"));

    assertThat(pad.status().state()).isEqualTo(State.HELD);
    assertThat(pad.traffic.changes()).isEmpty();
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aHoldThatComesWithTheStartHoldsTheStart() {
    WorkflowStub stub = pad.client().newUntypedWorkflowStub("LaunchWorkflow", LaunchPad.workflow());
    stub.signalWithStart(
        "hold",
        new Object[] {LaunchPad.command("not yet")},
        new Object[] {new PlanDocument(Plans.brief())});

    pad.await(State.HELD);

    assertThat(pad.turnstile.calls()).isEmpty();
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scrub", "rollback"})
  void whatIsCalledOffWithItsStartNeverBegins(String verb) {
    WorkflowStub stub = pad.client().newUntypedWorkflowStub("LaunchWorkflow", LaunchPad.workflow());
    stub.signalWithStart(
        verb,
        new Object[] {LaunchPad.command("wrong day")},
        new Object[] {new PlanDocument(Plans.brief())});

    assertThat(pad.outcome()).isNotInstanceOf(Outcome.Launched.class);
    assertThat(pad.turnstile.calls()).isEmpty();
  }

  @Test
  @Recorded
  void aHoldThatIsTooLongBeforeTrafficScrubs() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    pad.tell("hold");
    pad.update("decide", pad.decision(Milestone.MIGRATE, "go"));

    assertThat(pad.outcome())
        .isEqualTo(new Outcome.Scrubbed(Milestone.MIGRATE, "held for longer than 4h", List.of()));
  }

  @Test
  @Recorded
  void aHoldThatIsTooLongAfterTrafficAsksForHelpUnderGuard() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.HAND_OVER);
    pad.tell("hold");

    pad.await(State.NEEDS_HUMAN);
    assertThat(pad.status().because()).isEqualTo("held for longer than 4h");
    assertThat(pad.told()).contains("HELD", "NEEDS A HUMAN");
    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void theGuardRollsBackInAHoldThatAsksForHelp() {
    pad.start(Plans.brief(TrialTest::tried));
    pad.awaitNext(Milestone.HAND_OVER);
    pad.tell("hold");
    pad.await(State.NEEDS_HUMAN);

    pad.metrics.failingAt(Weight.ALL);

    assertThat(((Outcome.RolledBack) pad.outcome()).reason()).startsWith("guard: ");
  }

  @Test
  void holdingTwiceAndResumingTwiceIsRefused() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal("resume", LaunchPad.command("on"))).isEqualTo("it is not held");
    pad.tell("hold");
    assertThat(pad.refusal("hold", LaunchPad.command("again")))
        .isEqualTo("it is held already, by ann: because");
    assertThat(pad.refusalBySignal("hold", LaunchPad.command("again")))
        .isEqualTo("hold refused: it is held already, by ann: because");
    pad.running().signal("resume", LaunchPad.command("on"));
    assertThat(pad.refusalBySignal("resume", LaunchPad.command("on")))
        .isEqualTo("resume refused: it is not held");
  }

  @Test
  @Recorded
  void promoteSkipsTheRestOfASoak() {
    pad.start(
        Plans.brief(plan ->
            plan.withObject("/traffic")
                .set(
                    "steps",
                    Plans.list(
                        Plans.json("{\"weight\": 25, \"soak\": \"24h\"}"),
                        Plans.json("{\"weight\": 100, \"soak\": \"0s\"}")))));
    pad.await(State.SOAKING);
    Instant before = pad.clock();

    pad.tell("promote");
    pad.await("T+0", status -> status.clock().actual() != null);

    assertThat(pad.clock()).isBefore(before.plus(Duration.ofHours(2)));
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void promoteBySignalSkipsTheRestOfASoak() {
    pad.start(
        Plans.brief(plan ->
            plan.withObject("/traffic")
                .set(
                    "steps",
                    Plans.list(
                        Plans.json("{\"weight\": 25, \"soak\": \"24h\"}"),
                        Plans.json("{\"weight\": 100, \"soak\": \"0s\"}")))));
    pad.await(State.SOAKING);
    Instant before = pad.clock();

    pad.running().signal("promote", LaunchPad.command("seen enough"));
    pad.await("T+0", status -> status.clock().actual() != null);

    assertThat(pad.clock()).isBefore(before.plus(Duration.ofHours(2)));
  }

  @Test
  void promoteSkipsAWaitAfterTrafficAndOnlyThatOne() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.REVIEW_24H);
    Instant due = pad.status().next().at();

    pad.tell("promote");
    pad.awaitNext(Milestone.REVIEW_48H);

    assertThat(pad.clock()).isBefore(due);
    assertThat(pad.status().next().at())
        .isEqualTo(pad.status().clock().actual().plus(Duration.ofMinutes(35)));
  }

  @Test
  void promoteIsRefusedWhereNothingSoaks() {
    Instant launchAt = pad.clock().plus(Duration.ofHours(3));
    pad.start(
        Plans.brief(plan -> {
          plan.put("launchAt", launchAt.toString());
          Plans.gate(plan, Milestone.MIGRATE, "{}");
          Plans.gate(plan, Milestone.VALIDATION_30M, "{}");
        }));

    pad.awaitNext(Milestone.PREFLIGHT);
    assertThat(pad.refusal("promote", LaunchPad.command("on"))).isEqualTo(NOTHING_TO_PROMOTE);
    pad.awaitGate(Milestone.MIGRATE);
    assertThat(pad.refusal("promote", LaunchPad.command("on"))).isEqualTo(NOTHING_TO_PROMOTE);
    assertThat(pad.refusalBySignal("promote", LaunchPad.command("on")))
        .isEqualTo("promote refused: " + NOTHING_TO_PROMOTE);
    pad.update("decide", pad.decision(Milestone.MIGRATE, "go"));
    pad.awaitGate(Milestone.VALIDATION_30M);
    assertThat(pad.refusal("promote", LaunchPad.command("on"))).isEqualTo(NOTHING_TO_PROMOTE);
  }

  @Test
  @Recorded
  void aScrubBeforeTrafficUndoesEverything() {
    pad.start(Plans.withGate(Milestone.GO_LIVE));
    pad.awaitGate(Milestone.GO_LIVE);

    pad.tell("scrub");

    assertThat(pad.outcome())
        .isEqualTo(new Outcome.Scrubbed(Milestone.GO_LIVE, "scrubbed by ann: because", List.of()));
    assertThat(pad.containers.exists("shop-test-green")).isFalse();
  }

  @Test
  void aScrubBySignalWhileHeldSaysItsOwnReason() {
    pad.start(Plans.withGate(Milestone.GO_LIVE));
    pad.awaitGate(Milestone.GO_LIVE);
    pad.tell("hold");

    pad.running().signal("scrub", LaunchPad.command("too late today"));

    assertThat(((Outcome.Scrubbed) pad.outcome()).reason())
        .isEqualTo("scrubbed by ann: too late today");
  }

  @Test
  void aScrubAfterTrafficIsRefused() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);

    assertThat(pad.refusal("scrub", LaunchPad.command("stop")))
        .isEqualTo("traffic has moved: use rollback");
    assertThat(pad.refusalBySignal("scrub", LaunchPad.command("stop")))
        .isEqualTo("scrub refused: traffic has moved: use rollback");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aNoteIsALineInTheTimeline() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.tell("note").message()).isEqualTo("noted");
    pad.running().signal("note", LaunchPad.command("by signal"));

    assertThat(pad.timeline()).contains("NOTE ann: because", "NOTE ann: by signal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "skip"})
  void retryAndSkipAreRefusedWhileNoUndoWaits(String verb) {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal(verb, LaunchPad.command("try")))
        .isEqualTo("no undo waits for a decision");
    assertThat(pad.refusalBySignal(verb, LaunchPad.command("try")))
        .isEqualTo(verb + " refused: no undo waits for a decision");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hold",
        "resume",
        "promote",
        "extend",
        "scrub",
        "rollback",
        "note",
        "present",
        "acknowledge",
        "action",
        "retry",
        "skip"
      })
  void everyCommandNeedsAPersonWithARoleAndTheRightLaunch(String verb) {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal(verb, new Command(null, null, "commander", "why", null)))
        .isEqualTo("who is missing");
    assertThat(pad.refusal(verb, new Command(null, "ann", null, "why", null)))
        .isEqualTo("role is missing");
    assertThat(pad.refusal(verb, new Command(null, "ann", "king", "why", null)))
        .startsWith("role must be one of ");
    assertThat(pad.refusal(verb, new Command("shop/test/v1/old", "ann", "cto", "why", null)))
        .isEqualTo("this is launch " + pad.status().launch() + ", not shop/test/v1/old");
    assertThat(pad.refusalBySignal(verb, new Command(null, null, null, null, null)))
        .isEqualTo(verb + " refused: who is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"promote", "extend", "scrub", "rollback", "note", "skip"})
  void whatCannotBeTakenBackNeedsAReason(String verb) {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal(verb, new Command(null, "ann", "commander", null, null)))
        .isEqualTo("reason is missing");
  }

  @Test
  void aFloodOfNotesDoesNotPushDecisionsOutOfTheTimeline() {
    pad.start(Plans.withGate(Milestone.MIGRATE, Milestone.GO_LIVE));
    pad.decide(Milestone.MIGRATE, "go");
    pad.awaitGate(Milestone.GO_LIVE);

    for (int i = 0; i < 600; i++) {
      pad.running().signal("note", LaunchPad.command("note " + i));
    }

    assertThat(pad.entries()).hasSize(500);
    assertThat(pad.timeline())
        .contains("DECISION ann: go at migrate, as commander: all seen", "NOTE ann: note 599")
        .doesNotContain("NOTE ann: note 0");
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
  }
}
