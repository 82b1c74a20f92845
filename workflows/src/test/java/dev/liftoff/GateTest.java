package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.container.Slot;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Role;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {
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
  void aGoByUpdateOpensTheGate(Milestone gate) {
    pad.start(Plans.withGate(gate));

    String answer = pad.decide(gate, "go").message();

    assertThat(answer).isEqualTo("go at gate " + gate + " is recorded");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline()).contains("DECISION ann: go at " + gate + ", as commander: all seen");
  }

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
  void aGoBySignalOpensTheGate(Milestone gate) {
    pad.start(Plans.withGate(gate));
    pad.awaitGate(gate);

    pad.running().signal("decide", pad.decision(gate, "go"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Milestone.class,
      names = {"READINESS", "BRIEFING", "MIGRATE", "GO_LIVE"})
  void aNoGoBeforeTrafficScrubs(Milestone gate) {
    pad.start(Plans.withGate(gate));

    pad.decide(gate, "no-go");

    assertThat(pad.outcome())
        .isEqualTo(
            new Outcome.Scrubbed(
                gate, "no-go at " + gate + " by ann (commander): all seen", List.of()));
    assertThat(pad.traffic.changes()).isEmpty();
    assertThat(pad.containers.exists("shop-test-green")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Milestone.class,
      names = {"VALIDATION_30M", "REVIEW_24H", "REVIEW_48H"})
  void aNoGoAfterTrafficRollsBack(Milestone gate) {
    pad.start(Plans.withGate(gate));

    pad.decide(gate, "no-go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  @Recorded
  void aNoGoBeforeTheMigrationScrubs() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.decide(Milestone.MIGRATE, "no-go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Scrubbed.class);
    assertThat(pad.database.version()).isEqualTo("1");
  }

  @Test
  @Recorded
  void aNoGoBeforeTrafficRemovesTheCandidate() {
    pad.start(Plans.withGate(Milestone.GO_LIVE));
    pad.decide(Milestone.GO_LIVE, "no-go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Scrubbed.class);
    assertThat(pad.containers.exists("shop-test-green")).isFalse();
  }

  @Test
  @Recorded
  void aNoGoAtThirtyMinutesBringsTrafficBack() {
    pad.start(Plans.withGate(Milestone.VALIDATION_30M));
    pad.decide(Milestone.VALIDATION_30M, "no-go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  @Recorded
  void aNoGoAtTheReviewOfADayBringsTrafficBack() {
    pad.start(Plans.withGate(Milestone.REVIEW_24H));
    pad.decide(Milestone.REVIEW_24H, "no-go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  @Recorded
  void aNoGoAtTheReviewOfTwoDaysBringsTrafficBack() {
    pad.start(Plans.withGate(Milestone.REVIEW_48H));
    pad.decide(Milestone.REVIEW_48H, "no-go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.containers.exists("shop-test-blue")).isTrue();
  }

  @Test
  @Recorded
  void everyGateIsOpenedByAGo() {
    pad.start(Plans.withGate(Milestone.MIGRATE, Milestone.GO_LIVE, Milestone.REVIEW_48H));

    pad.decide(Milestone.MIGRATE, "go");
    pad.decide(Milestone.GO_LIVE, "go");
    pad.decide(Milestone.REVIEW_48H, "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                | launch is missing: name the launch that you decide on",
        "other            | this is launch {launch}, not other",
        "gate=-           | gate is missing",
        "gate=go-live     | gate go-live is not open; open is migrate",
        "gate=lunch       | there is no gate 'lunch'; open is migrate",
        "answer=-         | answer is missing",
        "answer=yes       | answer must be go or no-go, was 'yes'",
        "who=-            | who is missing",
        "role=-           | role is missing",
        "role=king        | role must be one of commander, deployment, database, monitoring, communication, on-call, cto, was 'king'",
        "role=monitoring  | gate migrate is decided by [commander], not by monitoring",
        "reason=-         | reason is missing"
      })
  void aWrongDecisionIsRefusedWithASentence(String change, String sentence) {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    String launch = pad.status().launch().toString();
    Decision wrong = changed(launch, change);
    String expected = sentence.replace("{launch}", launch);
    long before = pad.status().revision();

    assertThat(pad.refusal("decide", wrong)).startsWith(expected);
    assertThat(pad.status().revision()).as("a refused update leaves no trace").isEqualTo(before);
    assertThat(pad.history())
        .noneMatch(HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes);
    assertThat(pad.refusalBySignal("decide", wrong)).startsWith("decide refused: " + expected);
    assertThat(pad.status().state()).isEqualTo(State.DECIDING);
  }

  private static Decision changed(String launch, String change) {
    String[] parts = change == null ? new String[] {"launch", null} : change.split("=");
    String field = parts.length == 1 ? "launch" : parts[0];
    String value = parts[parts.length - 1];
    String to = "-".equals(value) ? null : value;
    return new Decision(
        field.equals("launch") ? to : launch,
        field.equals("gate") ? to : "migrate",
        field.equals("answer") ? to : "go",
        field.equals("who") ? to : "ann",
        field.equals("role") ? to : "commander",
        field.equals("reason") ? to : "all seen");
  }

  @Test
  void aGateThatIsDecidedIsNotDecidedAgain() {
    pad.start(Plans.withGate(Milestone.MIGRATE, Milestone.GO_LIVE));
    pad.decide(Milestone.MIGRATE, "go");
    pad.awaitGate(Milestone.GO_LIVE);

    Decision again = pad.decision(Milestone.MIGRATE, "no-go");

    assertThat(pad.refusal("decide", again))
        .isEqualTo("gate migrate is decided already: go by ann");
    assertThat(pad.refusalBySignal("decide", again))
        .isEqualTo("decide refused: gate migrate is decided already: go by ann");
  }

  @Test
  void aMessageAfterTheEndIsRefused() {
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.status().state()).isEqualTo(State.ENDED);
    assertThatThrownBy(() -> pad.tell("hold")).isInstanceOf(RuntimeException.class);
  }

  @Test
  void everyRoleOfTheGateMayDecide() {
    pad.start(
        Plans.brief(
            plan -> Plans.gate(plan, Milestone.MIGRATE, "{\"roles\": [\"database\", \"cto\"]}")));
    pad.awaitGate(Milestone.MIGRATE);
    Decision decision = pad.decision(Milestone.MIGRATE, "go");

    assertThat(pad.refusal("decide", decision))
        .isEqualTo("gate migrate is decided by [database, cto], not by commander");
    pad.update(
        "decide", new Decision(decision.launch(), "migrate", "go", "bob", "cto", "I have read it"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void theStatusSaysWhoIsAwaitedUntilWhen() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    LaunchStatus.Awaited awaited = pad.status().awaited();

    assertThat(awaited.roles()).containsExactly(Role.COMMANDER);
    assertThat(Duration.between(awaited.since(), awaited.until())).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void remindersComeBeforeTheGateCloses() {
    pad.start(
        Plans.brief(plan ->
            Plans.gate(
                plan,
                Milestone.MIGRATE,
                "{\"expires\": \"1h\", \"remindBefore\": [\"5m\", \"15m\"]}")));
    pad.awaitGate(Milestone.MIGRATE);

    pad.sleep(Duration.ofMinutes(46));
    assertThat(pad.told())
        .contains("gate migrate closes in 15m")
        .doesNotContain("gate migrate closes in 5m");
    pad.sleep(Duration.ofMinutes(10));
    assertThat(pad.told()).contains("gate migrate closes in 5m");
    pad.decide(Milestone.MIGRATE, "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aGateThatNobodyDecidesHoldsAndStillTakesAGo() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    pad.sleep(Duration.ofMinutes(61));

    assertThat(pad.status().state()).isEqualTo(State.HELD);
    assertThat(pad.status().awaited().until()).isAfter(pad.clock());
    assertThat(pad.refusal("resume", LaunchPad.command("on")))
        .isEqualTo("it waits for a decision: open is migrate");
    pad.update("decide", pad.decision(Milestone.MIGRATE, "go"));
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void nobodyDecidingBeforeTrafficScrubsInTheEnd() {
    Outcome outcome = pad.launch(Plans.withGate(Milestone.GO_LIVE));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Scrubbed(
                Milestone.GO_LIVE, "nobody decided at go-live within 1h", List.of()));
    assertThat(pad.traffic.changes()).isEmpty();
  }

  @Test
  @Recorded
  void nobodyDecidingAfterTrafficAsksForHelpAndStillTakesAGo() {
    pad.start(Plans.withGate(Milestone.REVIEW_24H));

    pad.await(State.NEEDS_HUMAN);
    assertThat(pad.status().because()).isEqualTo("nobody decided at review-24h within 1h");
    pad.sleep(Duration.ofHours(2));
    assertThat(pad.told().stream().filter("NEEDS A HUMAN"::equals).count()).isBetween(3L, 4L);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, Weight.ALL));
    pad.update("decide", pad.decision(Milestone.REVIEW_24H, "go"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aNoGoWhileItAsksForHelpRollsBack() {
    pad.start(Plans.withGate(Milestone.REVIEW_24H));
    pad.await(State.NEEDS_HUMAN);

    pad.running().signal("decide", pad.decision(Milestone.REVIEW_24H, "no-go"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  void theGuardWatchesWhileTheGateWaits() {
    pad.database.upToDate();
    pad.start(Plans.withGate(Milestone.REVIEW_24H));
    pad.awaitGate(Milestone.REVIEW_24H);
    pad.metrics.failingAt(Weight.ALL);

    Outcome outcome = pad.outcome();

    assertThat(((Outcome.RolledBack) outcome).reason()).startsWith("guard: ");
  }

  @Test
  void withAnHourTheGateIsOpenFromItsMilestoneOn() {
    Instant launchAt = pad.clock().plus(Duration.ofHours(2));
    pad.start(
        Plans.brief(plan -> {
          plan.put("launchAt", launchAt.toString());
          Plans.gate(plan, Milestone.MIGRATE, "{}");
        }));

    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.status().awaited().since())
        .isBetween(launchAt.minus(Duration.ofMinutes(15)), launchAt.minus(Duration.ofMinutes(14)));
  }
}
