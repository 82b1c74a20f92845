package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.Response;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What follows from what a watch is concerned about. */
class ConcernTest {
  private static final Concern SLOWER = new Concern("queries", Response.HOLD, "queries take 3 x");
  private static final Concern FULL = new Concern("disk", Response.ASK, "the disk is full");
  private static final Concern BUSY = new Concern("cpu", Response.REPORT, "the CPU is busy");

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aConcernThatIsOnlyReportedIsToldOnceAndWhenItIsOver() {
    pad.metrics.concerned(BUSY);
    pad.start(new PlanDocument(Plans.brief()));
    pad.await("T+0", status -> status.clock().actual() != null);
    assertThat(pad.status().concerns()).containsExactly(BUSY);
    pad.metrics.concerned();

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline().stream().filter(line -> line.contains("the CPU is busy")))
        .containsExactly("VERDICT liftoff: soak at 25 %: report: the CPU is busy");
    assertThat(pad.timeline().stream().filter(line -> line.endsWith("cpu is over"))).hasSize(1);
    assertThat(pad.told()).doesNotContain("HELD");
  }

  @Test
  @Recorded
  void aConcernThatHoldsIsActedOnOnceAndTheCommanderWhoResumesHasDecided() {
    pad.metrics.concerned(SLOWER);
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.HELD);
    assertThat(pad.told()).contains("HELD: PAUSE AND INVESTIGATE");
    pad.sleep(Duration.ofMinutes(30));
    assertThat(pad.traffic.weights().weight(Slot.GREEN)).isEqualTo(new Weight(25));

    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(held()).isOne();
  }

  @Test
  void aConcernThatComesBackHoldsAgain() {
    Instant first = pad.clock();
    pad.metrics.concerned(since(first));
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.HELD);
    pad.metrics.concerned(since(first.plusSeconds(600)));

    pad.tell("resume");
    pad.await("held again", _ -> held() == 2);
    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(held()).isEqualTo(2);
  }

  @Test
  @Recorded
  void aQuestionThatNobodyAnswersStaysHeldAndCallsForHelpAgainAndAgain() {
    pad.metrics.concerned(FULL);
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.HELD);
    Instant asked = pad.clock();
    assertThat(pad.told()).contains("DECIDE WITHIN 5m");

    pad.await(State.NEEDS_HUMAN);
    assertThat(Duration.between(asked, pad.clock()))
        .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(6));
    assertThat(pad.status().because())
        .isEqualTo("nobody answered within 5m: soak at 25 %: the disk is full");
    pad.sleep(Duration.ofMinutes(50));
    assertThat(pad.told().stream().filter("NEEDS A HUMAN"::equals)).hasSize(4);
    assertThat(pad.traffic.weights().weight(Slot.GREEN)).isEqualTo(new Weight(25));
    pad.tell("rollback");

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  void aQuestionIsAnsweredByResume() {
    pad.metrics.concerned(FULL);
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.HELD);

    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.told()).doesNotContain("NEEDS A HUMAN");
  }

  @Test
  void theGuardAsksBehindAnOpenGateToo() {
    pad.start(Plans.withGate(Milestone.REVIEW_24H));
    pad.awaitGate(Milestone.REVIEW_24H);
    pad.metrics.concerned(FULL);

    pad.await(State.NEEDS_HUMAN);
    pad.tell("resume");
    assertThat(pad.status().state()).isEqualTo(State.DECIDING);
    pad.decide(Milestone.REVIEW_24H, "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void whatIsInShadowIsToldAndNothingElse() {
    pad.metrics.concerned(new Concern("disk", Response.ASK, "the disk is full", true, null));

    assertThat(pad.launch(new PlanDocument(Plans.brief()))).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline())
        .contains(
            "VERDICT liftoff: soak at 25 %: would ask (not acted on: shadow): the disk is full");
    assertThat(held()).isZero();
  }

  @Test
  void aRollbackWinsOverAHold() {
    pad.metrics.concerned(SLOWER).failingAt(new Weight(25));

    Outcome outcome = pad.launch(new PlanDocument(Plans.brief()));

    assertThat(((Outcome.RolledBack) outcome).reason()).startsWith("availability below 0.95");
    assertThat(held()).isZero();
  }

  private static Concern since(Instant start) {
    return new Concern("queries", Response.HOLD, "queries take 3 x", false, start);
  }

  private long held() {
    return pad.timeline().stream()
        .filter(line -> line.startsWith("COMMAND liftoff: hold:"))
        .count();
  }
}
