package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A part of the traffic stays on the old version for a while, to compare with. */
class ControlTest {
  private static final Weights MOST = Weights.of(Slot.GREEN, new Weight(95));
  private static final Weights ALL = Weights.of(Slot.GREEN, Weight.ALL);

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void theRestOfTheTrafficMovesAfterTheMilestoneOfTheControl() {
    pad.start(controlled("validation-30m"));

    pad.awaitNext(Milestone.VALIDATION_30M);
    assertThat(pad.traffic.weights()).isEqualTo(MOST);
    assertThat(pad.status().traffic().planned()).isEqualTo(new Weight(95));
    assertThat(pad.status().traffic().actual()).isEqualTo(MOST);
    assertThat(pad.status().clock().actual()).as("T+0").isNotNull();
    pad.awaitNext(Milestone.HAND_OVER);

    assertThat(pad.traffic.weights()).isEqualTo(ALL);
    assertThat(pad.status().traffic().actual()).isEqualTo(ALL);
    assertThat(pad.traffic.changes())
        .containsExactly(Weights.of(Slot.GREEN, new Weight(25)), MOST, ALL);
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void whatStaysWhereAndHowLongIsSaidAtTheStart() {
    pad.start(controlled("checkpoint-2h"));
    pad.awaitNext(Milestone.VALIDATION_15M);

    assertThat(pad.notifier.announcements())
        .anySatisfy(announcement -> {
          assertThat(announcement.title()).startsWith("T+0: ");
          assertThat(announcement.facts())
              .containsExactly("green has 95 %", "blue keeps 5 % until checkpoint-2h");
        });
  }

  @Test
  @Recorded
  void theGuardComparesWhileThereIsAControl() {
    pad.database.upToDate();
    pad.start(controlled("review-48h"));
    pad.awaitNext(Milestone.VALIDATION_15M);

    pad.metrics.judged(_ -> new Verdict.Fail("errors: the candidate is worse"));

    assertThat(((Outcome.RolledBack) pad.outcome()).reason())
        .isEqualTo("guard at 95 %: errors: the candidate is worse");
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  void withoutItsControlTheGuardComparesNoMore() {
    pad.start(controlled("validation-30m"));
    pad.awaitNext(Milestone.HAND_OVER);

    pad.metrics.judged(_ -> new Verdict.Fail("nobody to compare with"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aBreachedLimitUnderControlBringsAllOfItBack() {
    pad.start(controlled("review-48h"));
    pad.awaitNext(Milestone.VALIDATION_30M);

    pad.metrics.failingAt(new Weight(95));

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  void aNoGoAtTheGateOfTheMilestoneMovesNothingMore() {
    pad.start(
        Plans.brief(plan -> {
          control(plan, "validation-30m");
          Plans.gate(plan, Milestone.VALIDATION_30M, "{\"roles\": [\"commander\"]}");
        }));
    pad.decide(Milestone.VALIDATION_30M, "no-go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.traffic.changes()).doesNotContain(ALL);
  }

  @Test
  @Recorded
  void aProxyThatRefusesTheRestIsTriedAgainWhenSomebodyResumes() {
    pad.start(controlled("validation-30m"));
    pad.awaitNext(Milestone.VALIDATION_30M);
    pad.traffic.refusing("the map is read-only");

    pad.await(State.HELD);
    assertThat(pad.status().because())
        .contains("the rest of the traffic did not move: the map is read-only; resume tries again");
    assertThat(pad.traffic.weights()).isEqualTo(MOST);
    pad.traffic.accepting();
    pad.tell("resume");
    pad.awaitNext(Milestone.HAND_OVER);

    assertThat(pad.traffic.weights()).isEqualTo(ALL);
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void theLastMilestoneOfTheControlIsBeforeTheOldVersionGoes() {
    pad.start(controlled("review-48h"));
    pad.awaitNext(Milestone.REVIEW_48H);
    assertThat(pad.traffic.weights()).isEqualTo(MOST);

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.traffic.weights()).isEqualTo(ALL);
  }

  @Test
  void aFirstLaunchHasNobodyToCompareWith() {
    pad.empty();

    assertThat(pad.launch(controlled("validation-30m"))).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.traffic.changes()).doesNotContain(MOST).contains(ALL);
  }

  @Test
  void aProxyThatCannotServeTheControlIsRefusedAtPreflight() {
    pad.traffic.servingOnly(new Weight(25), Weight.ALL);

    assertThat(((Outcome.RolledBack) pad.launch(controlled("validation-30m"))).reason())
        .isEqualTo("the proxy cannot serve a weight of 95 %");
    assertThat(pad.traffic.changes()).isEmpty();
  }

  private static PlanDocument controlled(String until) {
    return Plans.brief(plan -> control(plan, until));
  }

  private static void control(com.fasterxml.jackson.databind.node.ObjectNode plan, String until) {
    plan.withObject("/traffic").putObject("control").put("weight", 5).put("until", until);
    plan.withObject("/metrics").putObject("judge").put("instrumentation", "haproxy");
  }
}
