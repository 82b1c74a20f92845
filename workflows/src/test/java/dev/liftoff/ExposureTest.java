package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.Exposure;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is known, after a rollback and during a launch, of what users met. */
class ExposureTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aRollbackTellsWhatTheCandidateHasServedAndFailed() {
    Instant sure = judgeIsSureAfter(Duration.ofSeconds(90));

    pad.launch(judged());

    Exposure exposure = pad.status().exposure();
    assertThat(exposure.counts().complete()).isTrue();
    assertThat(exposure.counts().exact()).isTrue();
    // 90 s of 200 requests per second at full weight, 25 % of them; one in a thousand fails.
    assertThat(exposure.counts().requests()).isBetween(4_500L, 5_500L);
    assertThat(exposure.counts().failed()).isBetween(1L, 10L);
    assertThat(exposure.firstBad().after()).isBefore(exposure.firstBad().at());
    assertThat(exposure.firstSign().at()).isAfterOrEqualTo(sure);
    assertThat(exposure.decision().known()).isEqualTo("errors: the candidate is worse");
    assertThat(exposure.trafficBack().at()).isAfterOrEqualTo(exposure.decision().at());
    assertThat(exposure.confirmed().known()).isEqualTo("blue is within every limit");
    assertThat(exposure.notes()).isEmpty();
  }

  @Test
  void theMessageAndTheTimelineOfTheEndSayIt() {
    judgeIsSureAfter(Duration.ofSeconds(30));

    pad.launch(judged());

    String sentence = pad.status().exposure().sentence();
    assertThat(sentence)
        .matches(
            "exposed \\d+(\\.\\d)? s, \\d+ requests, \\d+ failed; traffic back \\d+\\.\\d s after the decision");
    assertThat(pad.notifier.announcements().getLast().facts()).contains(sentence);
    assertThat(pad.timeline()).contains("STEP liftoff: " + sentence);
  }

  @Test
  void beforeTheFirstTrafficNobodyIsExposed() {
    pad.probe.failing("live");

    pad.launch(judged());

    assertThat(pad.status().exposure()).isNull();
  }

  @Test
  void withoutCountersNothingIsInvented() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.SOAKING);
    pad.tell("rollback");
    pad.outcome();

    Exposure exposure = pad.status().exposure();
    assertThat(exposure.counts()).isNull();
    assertThat(exposure.firstBad()).isNull();
    assertThat(exposure.firstSign()).isNull();
    assertThat(exposure.decision().known()).startsWith("rolled back by ann");
    assertThat(exposure.sentence()).contains("requests not counted");
  }

  @Test
  void aCountThatFailsNeitherStopsTheLaunchNorItsWayBack() {
    pad.turnstile.before(
        "MetricsToll",
        () -> {
          throw new IllegalStateException("the counters are gone");
        });
    judgeIsSureAfter(Duration.ofSeconds(30));

    assertThat(pad.launch(judged())).isInstanceOf(Outcome.RolledBack.class);

    assertThat(pad.status().exposure().notes()).anyMatch(note -> note.startsWith("not counted: "));
    assertThat(pad.status().exposure().trafficBack()).isNotNull();
  }

  @Test
  void anOldVersionThatIsNotWellEitherIsNotConfirmed() {
    pad.metrics.failingAt(new Weight(25));

    pad.launch(judged());

    Exposure exposure = pad.status().exposure();
    assertThat(exposure.confirmed()).isNull();
    assertThat(exposure.notes())
        .anyMatch(note -> note.startsWith("blue is not confirmed: error-rate"));
    assertThat(exposure.firstSign().known()).startsWith("error-rate is 0.3000, limit: ");
  }

  @Test
  void theGuardCountsOnWhereTheRampEnded() {
    pad.start(judged());
    pad.awaitNext(Milestone.CHECKPOINT_2H);
    pad.tell("rollback");
    pad.outcome();

    Exposure exposure = pad.status().exposure();
    assertThat(exposure.counts().exact()).isTrue();
    assertThat(exposure.counts().requests()).isGreaterThan(200L * 15 * 60);
  }

  private Instant judgeIsSureAfter(Duration duration) {
    Instant[] compared = {null};
    pad.metrics.judged(now -> {
      boolean traffic = !pad.traffic.weights().weight(Slot.GREEN).equals(Weight.NONE);
      compared[0] = compared[0] == null && traffic ? now : compared[0];
      return compared[0] != null && !now.isBefore(compared[0].plus(duration))
          ? new Verdict.Fail("errors: the candidate is worse")
          : new Verdict.NotYet("errors: not shown yet");
    });
    return pad.clock();
  }

  private static PlanDocument judged() {
    return Plans.brief(
        plan -> plan.withObject("/metrics").putObject("judge").put("instrumentation", "haproxy"));
  }
}
