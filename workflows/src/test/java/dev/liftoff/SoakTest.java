package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is watched, by soak and guard, and what follows. */
class SoakTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  void aSoakLastsAsLongAsThePlanSays() {
    Instant before = pad.clock();
    pad.start(new PlanDocument(Plans.brief()));

    pad.await("T+0", status -> status.clock().actual() != null);

    assertThat(Duration.between(before, pad.clock()))
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(4));
  }

  @Test
  void aHoldInASoakKeepsWatchingAndDoesNotPromote() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    pad.tell("hold");
    assertThat(pad.status().state()).isEqualTo(State.HELD);

    pad.sleep(Duration.ofHours(2));
    int watches = pad.turnstile.times("MetricsWatch");
    pad.sleep(Duration.ofHours(1));

    assertThat(pad.turnstile.times("MetricsWatch")).isGreaterThan(watches);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void aHoldInASoakThatIsTooLongAsksForHelpAndGoesOnWatching() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    pad.tell("hold");

    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.status().because()).isEqualTo("held for longer than 4h");
    assertThat(pad.told()).contains("NEEDS A HUMAN");
    pad.metrics.failingAt(new Weight(25));
    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  void aWeekOnHoldDoesNotFillTheHistory() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    pad.tell("hold");

    pad.sleep(Duration.ofDays(7));

    assertThat(pad.turnstile.times("MetricsWatch")).isLessThan(250);
  }

  @Test
  void promoteInAHeldSoakWaitsForTheResume() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    pad.tell("hold");

    assertThat(pad.tell("promote").message())
        .isEqualTo("the rest of the wait is skipped once it is resumed");
    pad.sleep(Duration.ofMinutes(30));

    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aFailureInAHeldSoakRollsBack() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    pad.tell("hold");

    pad.metrics.failingAt(new Weight(25));

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  void aHoldWithoutSoakIsWatchedToo() {
    pad.turnstile.beforeNext(
        "TrafficShift", () -> pad.running().signal("hold", LaunchPad.command("wait")));
    pad.start(
        Plans.brief(plan ->
            steps(
                plan,
                "{\"weight\": 25, \"soak\": \"0s\"}",
                "{\"weight\": 100, \"soak\": \"0s\"}")));
    pad.await(State.HELD);

    pad.metrics.failingAt(new Weight(25));

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.traffic.changes()).hasSize(2);
  }

  @Test
  void trafficMovesAllAtOnceWithASingleStep() {
    Outcome outcome =
        pad.launch(Plans.brief(plan -> steps(plan, "{\"weight\": 100, \"soak\": \"1m\"}")));

    assertThat(outcome).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.traffic.changes()).containsExactly(Weights.of(Slot.GREEN, Weight.ALL));
  }

  @Test
  @Recorded
  void aSoakWithoutDataHoldsAndRollsBackOnlyBeyondItsLimit() {
    pad.turnstile.after("TrafficShift", () -> pad.blindFor(Duration.ofDays(1)));
    pad.start(Plans.brief(plan -> plan.withObject("/traffic").put("noDataLimit", "20m")));
    pad.await(State.SOAKING);
    Instant before = pad.clock();

    pad.sleep(Duration.ofMinutes(15));
    assertThat(pad.status().state()).isEqualTo(State.SOAKING);
    assertThat(pad.status().judged().verdict()).isInstanceOf(Verdict.NoData.class);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    Outcome outcome = pad.outcome();

    assertThat(((Outcome.RolledBack) outcome).reason())
        .isEqualTo(
            "not measured for 20m: error-rate is not measured: the simulated monitoring is blind");
    assertThat(Duration.between(before, pad.clock())).isGreaterThan(Duration.ofMinutes(20));
  }

  @Test
  void dataThatComesBackInTimeLetsTheSoakGoOn() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);

    pad.blindFor(Duration.ofMinutes(15));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aWatchThatCannotEvenBeginIsNoData() {
    pad.turnstile.before(
        "MetricsWatch",
        () -> {
          throw FailureType.SECRET_UNREADABLE.permanent("env:TOKEN is not set");
        });

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(((Outcome.RolledBack) outcome).reason())
        .isEqualTo("not measured for 30m: env:TOKEN is not set");
    assertThat(pad.turnstile.times("MetricsWatch")).isLessThan(40);
  }

  @Test
  @Recorded
  void theGuardRollsBackHoursAfterTraffic() {
    pad.start(
        Plans.brief(plan -> {
          TrialTest.tried(plan);
          plan.withObject("/offsets")
              .put("review-24h", "24h")
              .put("review-48h", "48h")
              .put("retrospective", "7d");
        }));
    pad.awaitNext(Milestone.REVIEW_24H);
    pad.sleep(Duration.ofHours(3));

    pad.metrics.failingAt(Weight.ALL);

    Outcome outcome = pad.outcome();
    assertThat(((Outcome.RolledBack) outcome).reason())
        .isEqualTo("guard: availability below 0.95 for 1 min: 0.7000 of 100000 samples");
    assertThat(((Outcome.RolledBack) outcome).at()).isEqualTo(Milestone.CHECKPOINT_4H);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  void aGuardWithoutDataNeitherRollsBackNorPromotes() {
    pad.start(
        Plans.brief(plan ->
            plan.withObject("/offsets")
                .put("review-24h", "24h")
                .put("review-48h", "48h")
                .put("retrospective", "7d")));
    pad.awaitNext(Milestone.REVIEW_24H);
    Instant due = pad.status().next().at();
    pad.sleep(Duration.ofHours(1));

    pad.blindFor(Duration.ofHours(12));
    pad.sleep(Duration.ofHours(12));

    assertThat(pad.status().state()).isEqualTo(State.WAITING);
    assertThat(pad.status().next().at()).isEqualTo(due);
    assertThat(pad.told().stream().filter("the guard has no data"::equals)).hasSize(1);
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aGuardThatCannotEvenLookDoesNotFillTheHistory() {
    pad.start(
        Plans.brief(plan ->
            plan.withObject("/offsets")
                .put("review-24h", "24h")
                .put("review-48h", "48h")
                .put("retrospective", "7d")));
    pad.awaitNext(Milestone.REVIEW_24H);
    pad.turnstile.before(
        "MetricsWatch",
        () -> {
          throw FailureType.SECRET_UNREADABLE.permanent("env:TOKEN is not set");
        });

    pad.awaitNext(Milestone.RETROSPECTIVE);

    assertThat(pad.turnstile.times("MetricsWatch")).isLessThan(80);
  }

  @Test
  void nothingIsWatchedAfterTheLaunchIsSettled() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.RETROSPECTIVE);

    pad.metrics.failingAt(Weight.ALL);

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void aValidationWithoutDataHoldsItselfAndLooksAgainOnResume() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.blindFor(Duration.ofHours(1));

    pad.await(State.HELD);
    assertThat(pad.status().milestone()).isEqualTo(Milestone.VALIDATION_15M);
    assertThat(pad.status().because())
        .startsWith(
            "held by liftoff: validation-15m could not be measured: error-rate is not measured")
        .endsWith("resume looks again, promote goes on without it");
    assertThat(pad.told()).contains("HELD");
    pad.tell("resume");
    pad.sleep(Duration.ofMinutes(1));
    assertThat(pad.status().state()).as("still blind").isEqualTo(State.HELD);
    pad.sleep(Duration.ofHours(1));
    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aValidationWithoutDataGoesOnWhenAPersonSaysSo() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.blindFor(Duration.ofDays(1));
    pad.await(State.HELD);

    pad.tell("promote");
    pad.awaitNext(Milestone.VALIDATION_30M);

    assertThat(pad.status().clock().heldSince()).isNull();
  }

  @Test
  void aValidationCheckThatIsNotMeasuredHoldsItself() {
    pad.probe.blind("orders");
    pad.start(
        Plans.brief(plan ->
            plan.withObject("/checks")
                .set(
                    "checkpoint-2h",
                    Plans.list(
                        Plans.json(
                            "{\"type\": \"http\", \"name\": \"orders\", \"url\": \"http://shop/orders\"}")))));

    pad.await(State.HELD);
    assertThat(pad.status().because())
        .contains("checkpoint-2h could not be measured: check 'orders' could not be measured");
    pad.probe.healthy("orders");
    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aShortGapInTheDataHoldsNothing() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.CHECKPOINT_2H);
    int looks = pad.turnstile.times("MetricsRead");
    pad.turnstile.before(
        "MetricsRead",
        () -> {
          pad.metrics.healthy();
          if (pad.turnstile.times("MetricsRead") <= looks + 2) {
            pad.blindFor(Duration.ofDays(1));
          }
        });

    pad.awaitNext(Milestone.CHECKPOINT_4H);

    assertThat(pad.turnstile.times("MetricsRead")).isEqualTo(looks + 3);
    assertThat(pad.told()).doesNotContain("HELD");
  }

  private static void steps(ObjectNode plan, String... steps) {
    var list = plan.withObject("/traffic").putArray("steps");
    for (String step : steps) {
      list.add(Plans.json(step));
    }
  }
}
