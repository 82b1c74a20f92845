package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Receipt;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.status.Team.HandOverState;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The launch changes hands at T+60, and the runbook waits for nobody meanwhile. */
class HandOverTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();
  private final Instant launchAt = pad.clock().plus(Duration.ofHours(30));

  @Test
  void whoAcknowledgesHasTheLaunch() {
    pad.start(handedOver());
    pad.awaitNext(Milestone.CHECKPOINT_2H);
    assertThat(pad.status().team().handOver().state()).isEqualTo(HandOverState.OPEN);
    assertThat(pad.status().team().handOver().sentence()).startsWith("ann still has it; on-call");

    acknowledge("oli", "on-call");

    assertThat(pad.status().team().handOver().sentence()).startsWith("oli (on-call) has it since");
    pad.awaitNext(Milestone.CHECKPOINT_4H);
    assertThat(pad.told()).contains("HAND-OVER to on-call", "HANDED OVER");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.told()).doesNotContain("HAND-OVER NOT ACKNOWLEDGED");
    assertThat(facts("SETTLED")).anyMatch(fact -> fact.startsWith("hand-over: oli (on-call)"));
  }

  @Test
  @Recorded
  void aHandOverThatNobodyAcknowledgesCallsWithLongerPausesAndStillTakesIt() {
    pad.start(handedOver());
    pad.await("overdue", status -> status.team().handOver().state() == HandOverState.OVERDUE);
    assertThat(pad.told()).contains("HAND-OVER NOT ACKNOWLEDGED");
    Instant zero = pad.status().clock().actual();
    pad.awaitNext(Milestone.CHECKPOINT_4H);
    assertThat(Duration.between(zero, pad.clock()))
        .as("the checkpoints wait for nobody")
        .isBetween(Duration.ofHours(2), Duration.ofMinutes(125));
    pad.sleep(Duration.between(pad.clock(), zero.plus(Duration.ofMinutes(190))));

    List<Announcement> calls = called();
    assertThat(calls)
        .hasSize(4)
        .allSatisfy(call -> assertThat(call.occasion()).isEqualTo(Occasion.NEEDS_HUMAN))
        .allSatisfy(call -> assertThat(call.severity()).isEqualTo(Announcement.Severity.CRITICAL));
    assertThat(pauses(calls)).containsExactly(15L, 30L, 60L);
    assertThat(pad.status().state()).isEqualTo(State.WAITING);
    acknowledge("oli", "on-call");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(called()).hasSize(4);
    assertThat(pad.told()).containsSubsequence("HAND-OVER NOT ACKNOWLEDGED", "HANDED OVER");
  }

  @Test
  void settlingWithoutAnyAcknowledgementIsTold() {
    pad.start(handedOver());

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(called()).hasSize(6);
    assertThat(pad.status().team().handOver().state()).isEqualTo(HandOverState.NEVER);
    assertThat(facts("SETTLED"))
        .contains("hand-over: ann had it to the end; on-call never acknowledged");
    assertThat(pad.timeline())
        .contains("TROUBLE liftoff: hand-over: ann had it to the end; on-call never acknowledged");
  }

  @Test
  void theLaunchRollsBackWhileNobodyHasAcknowledged() {
    pad.database.upToDate();
    // No call falls on a milestone: the test server hangs where a timer is cancelled as it fires.
    pad.start(handedOver("{\"within\": \"13m\"}"));
    pad.await("overdue", status -> status.team().handOver().state() == HandOverState.OVERDUE);
    pad.metrics.failingAt(Weight.ALL);

    assertThat(((Outcome.RolledBack) pad.outcome()).reason()).contains("availability below 0.95");
  }

  @Test
  void onlyWhoIsAskedTakesItOnceAndNotBeforeItsHour() {
    pad.start(handedOver());
    pad.awaitNext(Milestone.VALIDATION_30M);
    assertThat(pad.refusal("acknowledge", person("oli", "on-call")))
        .isEqualTo("the hand-over is at T+60m: there is nothing to acknowledge yet");
    pad.awaitNext(Milestone.CHECKPOINT_2H);
    assertThat(pad.refusal("acknowledge", person("dora", "database")))
        .isEqualTo("the hand-over is to on-call, not to database");
    String first = acknowledge("oli", "on-call").message();

    assertThat(acknowledge("oli", "on-call").message()).isEqualTo(first);
    assertThat(pad.refusalBySignal("acknowledge", person("pat", "on-call")))
        .startsWith("acknowledge refused: oli has acknowledged it already, at ");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aLaunchThatWentBackTakesNoAcknowledgement() {
    pad.start(handedOver());
    pad.awaitNext(Milestone.CHECKPOINT_2H);
    pad.traffic.refusing("the map has no key");
    pad.tell("rollback");
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.refusal("acknowledge", person("oli", "on-call")))
        .isEqualTo("the way back runs already");
    pad.tell("skip");
    pad.outcome();
  }

  private static List<Long> pauses(List<Announcement> calls) {
    return java.util.stream.IntStream.range(1, calls.size())
        .mapToObj(i -> Duration.between(calls.get(i - 1).scene().at(), calls.get(i).scene().at()))
        .map(Duration::toMinutes)
        .toList();
  }

  private List<Announcement> called() {
    return pad.notifier.announcements().stream()
        .filter(one -> one.title().equals("HAND-OVER NOT ACKNOWLEDGED"))
        .toList();
  }

  private List<String> facts(String title) {
    return pad.notifier.announcements().stream()
        .filter(one -> one.title().equals(title))
        .findFirst()
        .orElseThrow()
        .facts();
  }

  private Receipt acknowledge(String who, String role) {
    return pad.update("acknowledge", person(who, role));
  }

  private static Command person(String who, String role) {
    return new Command(null, who, role, null, null);
  }

  private PlanDocument handedOver() {
    return handedOver("{}");
  }

  private PlanDocument handedOver(String handOver) {
    return Plans.with(plan -> {
      plan.put("launchAt", launchAt.toString());
      plan.set("handOver", Plans.json(handOver));
    });
  }
}
