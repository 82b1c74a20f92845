package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Calibrated;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What follows from what the judge says. */
class JudgedSoakTest {
  private static final Verdict NOT_YET = new Verdict.NotYet("errors: not shown yet");

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aJudgeThatIsSureRollsBackInItsOwnWords() {
    pad.metrics.judged(_ -> new Verdict.Fail("errors: the candidate is worse"));

    Outcome outcome = pad.launch(judged());

    assertThat(((Outcome.RolledBack) outcome).reason()).isEqualTo("errors: the candidate is worse");
    assertThat(pad.traffic.changes())
        .containsExactly(Weights.of(Slot.GREEN, new Weight(25)), Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  @Recorded
  void aSoakGoesOnUntilTheCertificateAndIsNotBlindMeanwhile() {
    pad.metrics.judged(_ -> NOT_YET);
    pad.start(judged());
    pad.await(State.SOAKING);
    Instant before = pad.clock();

    pad.sleep(Duration.ofMinutes(90));
    assertThat(pad.status().state()).isEqualTo(State.SOAKING);
    assertThat(pad.status().because()).endsWith("; not yet: errors: not shown yet");
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    pad.metrics.judged(_ -> new Verdict.Pass());

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(Duration.between(before, pad.clock())).isGreaterThan(Duration.ofMinutes(90));
  }

  @Test
  void aCertificateThatIsThereInTimeCostsNothing() {
    Instant before = pad.clock();
    pad.start(judged());

    pad.await("T+0", status -> status.clock().actual() != null);

    assertThat(Duration.between(before, pad.clock())).isLessThan(Duration.ofMinutes(4));
  }

  @Test
  void aJudgeThatStaysUncertainAsksAHumanWhoMayPromote() {
    pad.metrics.judged(_ -> NOT_YET);
    pad.start(judged());

    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.status().because())
        .isEqualTo(
            "no pass at 25 % within 2h2m: errors: not shown yet; promote, extend or rollback");
    assertThat(pad.told()).contains("NEEDS A HUMAN");
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    pad.tell("promote");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aJudgeThatHoldsStopsThePromotionAndAsksInTheEndAndRollsNothingBack() {
    pad.metrics.judged(_ -> new Verdict.Hold("traffic share is 31 %, not 25 %"));
    pad.start(judged());
    pad.await(State.SOAKING);

    pad.sleep(Duration.ofMinutes(30));
    assertThat(pad.status().because()).endsWith("; hold: traffic share is 31 %, not 25 %");
    assertThat(pad.status().state()).isEqualTo(State.SOAKING);
    assertThat(pad.timeline())
        .anyMatch(line -> line.contains("soak at 25 %: hold: traffic share is 31 %, not 25 %"));
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    pad.tell("promote");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void theJudgeLearnsFromTheBaselineBeforeTrafficMovesAndSaysWhat() {
    ObjectNode memory = new ObjectMapper().createObjectNode().put("learned", 7);
    pad.metrics.learning(new Calibrated(List.of("errors: C15s: 9 placebos, 216 h"), memory));

    assertThat(pad.launch(judged())).isInstanceOf(Outcome.Launched.class);

    assertThat(pad.status().calibration()).containsExactly("errors: C15s: 9 placebos, 216 h");
    assertThat(pad.timeline())
        .anyMatch(line -> line.contains("judge: errors: C15s: 9 placebos, 216 h"));
    assertThat(pad.metrics.lastState().judge()).isEqualTo(memory);
    assertThat(pad.turnstile.times("MetricsCalibrate")).isOne();
  }

  @Test
  void aCalibrationThatFailsIsToldAndFailsNothing() {
    pad.turnstile.before(
        "MetricsCalibrate",
        () -> {
          throw FailureType.INVALID_PLAN.permanent("the history cannot be read");
        });

    assertThat(pad.launch(judged())).isInstanceOf(Outcome.Launched.class);

    assertThat(pad.status().calibration())
        .singleElement()
        .asString()
        .startsWith("not calibrated, so the judge is cautious")
        .endsWith("the history cannot be read");
  }

  @Test
  void aPlanThatSaysHowToCountIsNotCalibrated() {
    pad.launch(
        Plans.brief(plan ->
            plan.withObject("/metrics")
                .putObject("judge")
                .put("instrumentation", "haproxy")
                .put("vote", "error")));

    assertThat(pad.turnstile.times("MetricsCalibrate")).isZero();
    assertThat(pad.status().calibration()).isEmpty();
  }

  @Test
  void aGapInWhatTheJudgeSeesNeitherPassesNorRollsBack() {
    pad.turnstile.beforeNext("MetricsWatch", () -> pad.blindFor(Duration.ofMinutes(12)));
    pad.start(judged());
    pad.await(State.SOAKING);

    pad.sleep(Duration.ofMinutes(8));
    assertThat(pad.status().judged().verdict()).isInstanceOf(Verdict.NoData.class);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void withoutTrafficOnTheBaselineTheLimitsDecide() {
    pad.metrics.judged(_ ->
        pad.traffic.weights().weight(Slot.GREEN).equals(Weight.ALL)
            ? new Verdict.Fail("nobody to compare with")
            : new Verdict.Pass());

    assertThat(pad.launch(judged())).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline())
        .anyMatch(line -> line.contains("soak at 100 %: pass") && line.contains("no control"));
  }

  @Test
  void aBreachedLimitRollsBackWhateverTheJudgeSays() {
    pad.metrics.failingAt(new Weight(25));

    Outcome outcome = pad.launch(judged());

    assertThat(((Outcome.RolledBack) outcome).reason()).startsWith("availability below 0.95");
  }

  private static PlanDocument judged() {
    return Plans.brief(
        plan -> plan.withObject("/metrics").putObject("judge").put("instrumentation", "haproxy"));
  }
}
