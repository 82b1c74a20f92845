package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a migration without a transaction may have left of itself is seen by a person. */
class AcknowledgementTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aMigrationThatFailsOutsideOfATransactionIsAcknowledgedBeforeTheLaunchIsOver() {
    fail(new PlanDocument(Plans.brief()));

    assertThat(pad.status().because())
        .contains("not transactional failed", "the service works as before", "limits.hold");
    pad.update("retry", LaunchPad.command("the index is dropped"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.outcome().leftovers()).isEmpty();
  }

  @Test
  void theServiceIsLetInBeforeAnybodyIsAsked() {
    fail(Plans.brief(FreezeTest::frozen));

    assertThat(pad.database.isFrozen()).isFalse();
    assertThat(pad.told()).contains("TO ACKNOWLEDGE: a migration that is not transactional failed");
    pad.update("skip", LaunchPad.command("it does no harm"));

    assertThat(pad.outcome().leftovers())
        .containsExactly("acknowledge the migration that failed: a human leaves it as it is");
  }

  @Test
  @Recorded
  void anAcknowledgementThatNobodyGivesIsToldAsMissing() {
    pad.database.migratingWithoutTransaction().migrationFailing("ERROR: out of luck");

    Outcome outcome =
        pad.launch(
            Plans.brief(
                plan -> plan.withObject("/limits").put("hold", "20m").put("helpEvery", "15m")));

    assertThat(outcome.leftovers())
        .containsExactly(
            "acknowledge the migration that failed: nobody did within limits.hold, 20m");
    assertThat(pad.told()).filteredOn("NEEDS A HUMAN"::equals).hasSize(2);
    assertThat(pad.timers("needs a human")).isEqualTo(2);
  }

  @Test
  void aMigrationThatPostgresRolledBackNeedsNobody() {
    pad.database.migrationFailing("ERROR: out of luck");

    assertThat(pad.launch(new PlanDocument(Plans.brief())).leftovers()).isEmpty();
  }

  private void fail(PlanDocument plan) {
    pad.database.migratingWithoutTransaction().migrationFailing("ERROR: out of luck");
    pad.start(plan);
    pad.await(State.NEEDS_HUMAN);
  }
}
