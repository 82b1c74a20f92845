package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.database.Throttled;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pending migrations run on the restored copy before anybody is asked about them. */
class RehearsalTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void theCommanderSeesTheRehearsedMigrationAtItsGate() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.status().database().rehearsed())
        .singleElement()
        .asString()
        .contains("2", "expand");
    assertThat(pad.database.version()).isEqualTo("1");

    pad.decide(Milestone.MIGRATE, "go");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.database.version()).isEqualTo("2");
  }

  @Test
  @Recorded
  void aMigrationThatItsRehearsalRefusesNeverReachesTheLiveDatabase() {
    pad.database.refusingInRehearsal("V2__drop.sql drops a column that v1 reads");

    Outcome outcome = pad.launch(Plans.brief(plan -> {}));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.RolledBack.class,
            back -> {
              assertThat(back.at()).isEqualTo(Milestone.BACKUP);
              assertThat(back.reason()).contains("the migration is refused", "drops a column");
            });
    assertThat(pad.database.version()).isEqualTo("1");
    assertThat(pad.traffic.weights().weight(Slot.BLUE)).isEqualTo(Weight.ALL);
  }

  @Test
  @Recorded
  void aCommandOfTheServiceMigratesInPlaceOfTheFolder() {
    Outcome outcome = pad.launch(Plans.brief(Plans::command));

    assertThat(outcome).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.database.version()).isEqualTo("2");
    assertThat(pad.timeline())
        .contains(
            "STEP liftoff: schema at 1, what alembic upgrade head changes is known after its rehearsal",
            "STEP liftoff: migrated 1 -> 2, applied [2]")
        .anyMatch(line -> line.startsWith("STEP liftoff: rehearsed: 2 expand"));
  }

  @Test
  void theTimelineTellsHowFarTheBackupGaveWayToTheSlotThatServes() {
    pad.database.slowedInBackup(new Throttled(0.3, 0.9, Duration.ofSeconds(12), 9, 0, null));

    pad.launch(Plans.brief(plan -> {}));

    assertThat(pad.timeline())
        .contains("STEP liftoff: backup slowed for 12 s, p95 at worst 0.900 s, 0.300 s before");
  }

  @Test
  void theRestoredCopyIsGoneBeforeAnybodyIsAsked() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.database.hasScratch()).isFalse();
  }

  @Test
  void theCopyOfARefusedMigrationIsGoneToo() {
    pad.database.refusingInRehearsal("V2__drop.sql drops a column that v1 reads");

    pad.launch(Plans.brief(plan -> {}));

    assertThat(pad.database.hasScratch()).isFalse();
  }
}
