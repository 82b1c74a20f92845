package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.metrics.CountedComparison;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A whole launch with the real judge over the counters of a simulated service of 400 rps. */
class JudgedLaunchTest {
  private static final double USUAL = 0.001;

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  void aCandidateWithOnePercentMoreErrorsIsRolledBackAtTwentyFivePercent() {
    judge((slot, _) -> slot == Slot.GREEN ? USUAL + 0.01 : USUAL);

    Outcome outcome = pad.launch(judged());

    assertThat(((Outcome.RolledBack) outcome).reason())
        .startsWith("errors: the candidate is worse than the baseline, evidence ");
    assertThat(pad.traffic.changes())
        .containsExactly(Weights.of(Slot.GREEN, new Weight(25)), Weights.of(Slot.BLUE, Weight.ALL));
    assertThat(pad.timeline())
        .anyMatch(line -> line.contains("soak at 25 %: fail") && line.contains("(3 looks"));
  }

  @Test
  void anOutageOfWhatBothVersionsNeedRollsNothingBack() {
    Instant begin = pad.clock();
    judge((_, now) -> Duration.between(begin, now).toMinutes() % 2 == 1 ? 0.4 : USUAL);

    assertThat(pad.launch(judged())).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aGapRollsNothingBackAndIsNoPass() {
    judge((_, _) -> USUAL);
    pad.turnstile.beforeNext("MetricsWatch", () -> pad.blindFor(Duration.ofMinutes(12)));
    pad.start(judged());
    pad.await(State.SOAKING);

    pad.sleep(Duration.ofMinutes(8));

    assertThat(pad.status().judged().verdict()).isInstanceOf(Verdict.NoData.class);
    assertThat(pad.traffic.weights()).isEqualTo(Weights.of(Slot.GREEN, new Weight(25)));
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void theCertificateLetsTheSoakEnd() {
    judge((_, _) -> USUAL);
    Instant before = pad.clock();
    pad.start(judged());

    pad.await("T+0", status -> status.clock().actual() != null);

    assertThat(Duration.between(before, pad.clock())).isLessThan(Duration.ofMinutes(8));
    assertThat(pad.timeline())
        .anyMatch(line -> line.contains("soak at 25 %: pass"))
        .anyMatch(line -> line.contains("soak at 100 %: pass") && line.contains("no control"));
  }

  private void judge(ToDoubleBiFunction<Slot, Instant> failing) {
    pad.metrics.judged(
        new CountedComparison(slot -> 4.0 * pad.traffic.weights().weight(slot).percent(), failing));
  }

  private static PlanDocument judged() {
    return Plans.brief(
        plan -> plan.withObject("/metrics").putObject("judge").put("instrumentation", "go"));
  }
}
