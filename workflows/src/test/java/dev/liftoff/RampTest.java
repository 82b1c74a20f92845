package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.container.Slot;
import dev.liftoff.gate.Command;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far a step of the ramp goes, and what people can say to it. */
class RampTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aStepWaitsForItsRequestsAndSaysHowManyAreMissing() {
    pad.metrics.serving(0.4);
    pad.start(counted("{\"weight\": 25, \"soak\": \"2m\", \"minimumSamples\": 500}"));

    pad.await("not yet", status -> status.because().contains("of 500 requests"));
    assertThat(pad.status().because()).matches("soaking at 25 % .*; not yet: \\d+ of 500 requests");
    pad.sleep(Duration.ofMinutes(45));
    assertThat(pad.status().judged().verdict()).isInstanceOf(Verdict.NotYet.class);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    pad.metrics.serving(10);

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aStepWithEnoughRequestsIsNotHeldUp() {
    Instant before = pad.clock();
    pad.start(counted("{\"weight\": 25, \"soak\": \"2m\", \"minimumSamples\": 500}"));

    pad.await("T+0", status -> status.clock().actual() != null);

    assertThat(Duration.between(before, pad.clock())).isLessThan(Duration.ofMinutes(4));
  }

  @Test
  void requestsThatAreNotCountedAreNoPass() {
    pad.turnstile.before(
        "MetricsServed",
        () -> {
          throw FailureType.SECRET_UNREADABLE.permanent("env:TOKEN is not set");
        });
    pad.start(counted("{\"weight\": 25, \"soak\": \"2m\", \"minimumSamples\": 500}"));

    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.status().because())
        .contains("0 of 500 requests, not counted now: env:TOKEN is not set");
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    pad.tell("rollback");
    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  @Recorded
  void aStepThatDoesNotPassInItsTimeAsksAHumanWhoMayPromote() {
    pad.metrics.serving(0.1);
    pad.start(
        counted(
            "{\"weight\": 25, \"soak\": \"2m\", \"minimumSamples\": 500, \"maximumSoak\": \"20m\"}"));

    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.status().because())
        .matches("no pass at 25 % within 20m: \\d+ of 500 requests; promote, extend or rollback");
    assertThat(pad.told()).contains("NEEDS A HUMAN");
    pad.sleep(Duration.ofHours(3));
    assertThat(pad.traffic.weights())
        .as("silence is no promotion")
        .isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    pad.tell("promote");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aStepThatIsBlindAtItsLongestAsksToo() {
    pad.turnstile.after("TrafficShift", () -> pad.blindFor(Duration.ofMinutes(20)));
    pad.start(counted("{\"weight\": 25, \"soak\": \"2m\", \"maximumSoak\": \"5m\"}"));

    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.status().because()).contains("within 5m: error-rate is not measured");
    pad.tell("rollback");
    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  @Recorded
  void anExtendedStepSoaksHalfAnHourMoreAndSaysForWhom() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    Instant before = pad.clock();

    assertThat(pad.tell("extend").message())
        .matches("soaking at 25 % until .* UTC, extended by ann: because");
    pad.sleep(Duration.ofMinutes(25));
    assertThat(pad.status().because())
        .matches("soaking at 25 % until .* UTC, extended by ann: because; so far good");
    assertThat(pad.timeline()).contains("COMMAND ann: extend: because");
    pad.await("T+0", status -> status.clock().actual() != null);

    assertThat(Duration.between(before, pad.clock()))
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(34));
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void anExtensionMayBeOfAnyLengthAndIsAskedForAgainAfterIt() {
    pad.metrics.serving(0.1);
    pad.start(
        counted(
            "{\"weight\": 25, \"soak\": \"2m\", \"minimumSamples\": 500, \"maximumSoak\": \"20m\"}"));
    pad.await(State.NEEDS_HUMAN);
    Instant before = pad.clock();

    pad.update("extend", LaunchPad.command("the pool is warming up").lasting("90m"));
    assertThat(pad.status().state()).isEqualTo(State.SOAKING);
    pad.await(State.NEEDS_HUMAN);

    assertThat(Duration.between(before, pad.clock())).isGreaterThan(Duration.ofMinutes(90));
  }

  @Test
  void anExtendedStepIsWatchedToItsEnd() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    pad.tell("extend");
    pad.sleep(Duration.ofMinutes(10));

    pad.metrics.failingAt(new Weight(25));

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  void whoPromotesAnExtendedStepEndsIt() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    pad.tell("extend");

    pad.tell("promote");
    pad.sleep(Duration.ofMinutes(1));

    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, Weight.ALL));
  }

  @Test
  void nothingIsExtendedWhereNothingSoaksOrByNoTime() {
    pad.start(Plans.withGate(Milestone.GO_LIVE));
    pad.awaitGate(Milestone.GO_LIVE);
    assertThat(pad.refusal("extend", LaunchPad.command("more")))
        .isEqualTo(
            "nothing is soaking, and no review asks: extend gives more time to a step that soaks, or another checkpoint to a review");
    pad.decide(Milestone.GO_LIVE, "go");
    pad.await(State.SOAKING);

    Command more = LaunchPad.command("more");
    assertThat(pad.refusal("extend", more.lasting("soon")))
        .isEqualTo("duration must be a duration such as 90s, 5m, 2h30m, 7d or PT5M, was 'soon'");
    assertThat(pad.refusal("extend", more.lasting("-5m")))
        .isEqualTo("duration must be between 1m and 7d, was '-5m'");
    assertThat(pad.refusalBySignal("extend", more.lasting("8d")))
        .contains("must be between 1m and 7d");
  }

  /** This step, and then all; requests are counted. */
  static PlanDocument counted(String step) {
    return Plans.brief(plan -> {
      steps(plan, step, "{\"weight\": 100, \"soak\": \"2m\"}");
      plan.withObject("/traffic").put("requests", "requests_total{slot=\"{slot}\"}");
    });
  }

  static void steps(ObjectNode plan, String... steps) {
    var list = plan.withObject("/traffic").putArray("steps");
    for (String step : steps) {
      list.add(Plans.json(step));
    }
  }
}
