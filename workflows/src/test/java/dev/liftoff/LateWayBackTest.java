package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** After T+30 an old version that was never tried on the new schema goes back only by a human. */
class LateWayBackTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  void theEndOfTheEasyWayBackIsAnnounced() {
    pad.start(Plans.withGate(Milestone.REVIEW_24H));
    pad.awaitGate(Milestone.REVIEW_24H);

    assertThat(pad.told()).contains("T+30: the easy way back ends");
    assertThat(pad.timeline())
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("MILESTONE liftoff: T+30: the easy way back ends")
                .contains("every row is kept", "once a human has decided it"));
    assertThat(pad.status().wayBack().database())
        .contains("traffic goes back to the old version", "once a human has decided it");
  }

  @Test
  @Recorded
  void aGuardThatFailsAfterTheEasyWayBackAsksAndTheCommanderRollsBack() {
    failLate();
    pad.sleep(Duration.ofHours(2));
    assertThat(pad.status().state()).isEqualTo(State.HELD);

    assertThat(pad.traffic.weights().weight(Slot.GREEN)).isEqualTo(Weight.ALL);
    assertThat(pad.told()).contains("ROLL BACK?");
    pad.tell("rollback");

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.traffic.weights().weight(Slot.BLUE)).isEqualTo(Weight.ALL);
  }

  @Test
  void whoResumesGoesOnUnderTheGuard() {
    failLate();
    pad.sleep(Duration.ofHours(2));
    assertThat(pad.status().state()).isEqualTo(State.HELD);
    pad.metrics.failingAt(null);

    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void whereNothingWasMigratedTheGuardGoesBackByItself() {
    pad.database.upToDate();
    failLate();

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.told()).doesNotContain("ROLL BACK?");
  }

  @Test
  void aCheckThatFailsAfterTheEasyWayBackAsksToo() {
    pad.start(
        Plans.brief(plan ->
            plan.withObject("/checks")
                .putArray("checkpoint-2h")
                .add(
                    Plans.json(
                        "{\"type\": \"http\", \"name\": \"late\", \"url\": \"{candidate}/late\"}"))));
    pad.probe.failing("late");
    pad.await(State.HELD);

    assertThat(pad.status().because()).contains("late", "rollback brings traffic back");
    pad.tell("rollback");
    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  private void failLate() {
    pad.start(
        Plans.brief(plan ->
            plan.withObject("/offsets")
                .put("review-24h", "24h")
                .put("review-48h", "48h")
                .put("retrospective", "7d")));
    pad.awaitNext(Milestone.REVIEW_24H);
    pad.sleep(Duration.ofHours(3));
    pad.metrics.failingAt(Weight.ALL);
  }
}
