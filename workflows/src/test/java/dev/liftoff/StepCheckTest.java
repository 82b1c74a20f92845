package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.container.Slot;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** End-to-end tests between the weights of a ramp, and at T+15. */
class StepCheckTest {
  private static final String CHECKOUT =
      "{\"type\": \"container\", \"name\": \"checkout\", \"run\": [\"/e2e\"], \"limit\": \"10m\"}";
  private static final Weights QUARTER = Weights.of(Slot.GREEN, new Weight(25));

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  /**
   * The test server refuses a workflow task that cancels an activity which has just completed; the
   * real one does not.
   */
  @BeforeEach
  void theGuardLooksBeforeATestEnds() {
    duringATest(() -> {});
  }

  @Test
  @Recorded
  void eachStepIsCheckedAfterItsSoakByAContainerOfThePinnedImage() {
    pad.start(checked("step", CHECKOUT));
    pad.await("T+0", status -> status.clock().actual() != null);

    assertThat(pad.status().checks())
        .singleElement()
        .satisfies(result -> assertThat(result.passed()).isTrue());
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline().stream().filter("STEP liftoff: 1 checks passed"::equals))
        .as("preflight, health, and two steps")
        .hasSize(4);
  }

  @Test
  @Recorded
  void aTestThatFailsAtAStepRollsBackBeforeTheNextWeight() {
    pad.probe.failing("checkout");

    Outcome outcome = pad.launch(checked("step", CHECKOUT));

    assertThat(((Outcome.RolledBack) outcome).reason())
        .isEqualTo("check 'checkout' failed: wrong (simulated), limit right");
    assertThat(pad.traffic.changes()).containsExactly(QUARTER, Weights.of(Slot.BLUE, Weight.ALL));
    assertThat(pad.status().undo())
        .filteredOn(undo -> undo.name().equals("end the tests that still run"))
        .singleElement()
        .satisfies(undo -> assertThat(undo.state()).isEqualTo(LaunchStatus.UndoState.DONE));
  }

  @Test
  @Recorded
  void aTestThatCannotRunIsAskedAboutAndRunsAgainOnResume() {
    pad.probe.blind("checkout");
    pad.start(checked("step", CHECKOUT));

    pad.await(State.HELD);
    assertThat(pad.status().because())
        .contains("the step at 25 % could not be measured: check 'checkout'");
    assertThat(pad.traffic.weights()).isEqualTo(QUARTER);
    pad.probe.healthy("checkout");
    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void whoPromotesGoesOnWithoutTheTest() {
    pad.probe.blind("checkout");
    pad.start(checked("step", CHECKOUT));
    pad.await(State.HELD);

    pad.tell("promote");
    pad.await("T+0", status -> status.clock().actual() != null);

    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, Weight.ALL));
  }

  @Test
  void whatHasTrafficIsGuardedWhileATestIsAskedAbout() {
    pad.probe.blind("checkout");
    pad.start(checked("step", CHECKOUT));
    pad.await(State.HELD);

    pad.metrics.failingAt(new Weight(25));

    assertThat(((Outcome.RolledBack) pad.outcome()).reason()).startsWith("guard at 25 %: ");
  }

  @Test
  void aHoldDuringATestKeepsTheWeight() {
    duringATest(() -> {
      if (pad.traffic.weights().equals(QUARTER) && !pad.told().contains("HELD")) {
        pad.running().signal("hold", LaunchPad.command("wait"));
      }
    });
    pad.start(checked("step", CHECKOUT));
    pad.await(State.HELD);

    pad.sleep(Duration.ofHours(1));

    assertThat(pad.traffic.weights()).isEqualTo(QUARTER);
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void trafficDoesNotWaitForATestToEndBeforeItGoesBack() {
    pad.metrics.failingAt(new Weight(25));
    duringATest(() ->
        LaunchPad.until(
            "traffic is back",
            () -> pad.traffic.weights().equals(Weights.of(Slot.BLUE, Weight.ALL))));

    Outcome outcome =
        pad.launch(
            Plans.brief(plan -> {
              RampTest.steps(
                  plan,
                  "{\"weight\": 25, \"soak\": \"0s\"}",
                  "{\"weight\": 100, \"soak\": \"0s\"}");
              check(plan, "step", CHECKOUT);
            }));

    assertThat(((Outcome.RolledBack) outcome).reason()).startsWith("guard at 25 %: ");
  }

  @Test
  void aTestThatFailsAtFifteenMinutesRollsBack() {
    pad.probe.failing("checkout");

    Outcome outcome = pad.launch(checked("validation-15m", CHECKOUT));

    assertThat(((Outcome.RolledBack) outcome).at()).isEqualTo(Milestone.VALIDATION_15M);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  @Recorded
  void anImageOfATestIsPinnedBeforeAnythingMoves() {
    pad.start(
        checked(
            "validation-15m",
            "{\"type\": \"container\", \"name\": \"suite\", \"image\": \"shop-e2e:7\", \"run\": [\"/e2e\"]}"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline())
        .anyMatch(line -> line.startsWith("STEP liftoff: image of the check 'suite': shop-e2e:7@"));
    assertThat(pad.turnstile.times("ContainersPin")).isEqualTo(2);
  }

  private void duringATest(Runnable what) {
    pad.turnstile.before(
        "ProbeCheck",
        () -> {
          if (pad.traffic.changes().isEmpty() || pad.status().milestone() != Milestone.GO_LIVE) {
            return;
          }
          LaunchPad.until("the guard has looked", this::hasGuardLooked);
          what.run();
        });
  }

  private boolean hasGuardLooked() {
    List<HistoryEvent> events = pad.history();
    HistoryEvent last =
        events.stream()
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .filter(event ->
                event
                    .getActivityTaskScheduledEventAttributes()
                    .getActivityType()
                    .getName()
                    .equals("MetricsWatch"))
            .reduce((_, later) -> later)
            .orElseThrow();
    return LaunchPad.summary(last).startsWith("guard")
        && events.stream()
            .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
            .anyMatch(event ->
                event.getActivityTaskCompletedEventAttributes().getScheduledEventId()
                    == last.getEventId());
  }

  private static PlanDocument checked(String when, String check) {
    return Plans.brief(plan -> check(plan, when, check));
  }

  private static void check(ObjectNode plan, String when, String check) {
    plan.withObject("/checks").putArray(when).add(Plans.json(check));
  }
}
