package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.status.LaunchStatus.State;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the plan freezes writes, the service is kept out while the schema changes. */
class FreezeTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void theServiceIsKeptOutWhileTheSchemaChangesAndNoLonger() {
    boolean[] frozen = new boolean[2];
    pad.turnstile.before("DatabaseMigrate", () -> frozen[0] = pad.database.isFrozen());
    pad.turnstile.before("ContainersStart", () -> frozen[1] = pad.database.isFrozen());

    Outcome outcome = pad.launch(Plans.brief(FreezeTest::frozen));

    assertThat(outcome).isInstanceOf(Outcome.Launched.class);
    assertThat(frozen).containsExactly(true, false);
  }

  @Test
  @Recorded
  void aFrozenMigrationThatFailsLetsTheServiceWriteAgain() {
    pad.database.migrationFailing("ERROR: out of luck");

    Outcome outcome = pad.launch(Plans.brief(FreezeTest::frozen));

    assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(pad.database.isFrozen()).isFalse();
  }

  @Test
  void aLaunchThatIsScrubbedBeforeTheMigrationNeverFreezes() {
    pad.start(
        Plans.brief(plan -> {
          frozen(plan);
          Plans.gate(plan, Milestone.MIGRATE, "{\"roles\": [\"commander\"], \"expires\": \"1h\"}");
        }));
    pad.decide(Milestone.MIGRATE, "no-go");

    pad.outcome();

    assertThat(pad.turnstile.times("DatabaseFreeze")).isZero();
  }

  @Test
  void onlineWritesAreNeverFrozen() {
    pad.launch(Plans.brief(plan -> {}));

    assertThat(pad.turnstile.times("DatabaseFreeze")).isZero();
    assertThat(pad.turnstile.times("DatabaseOpen")).isZero();
    assertThat(pad.turnstile.times("DatabaseUnfreeze")).isZero();
  }

  @Test
  @Recorded
  void aDamagedDatabaseGivesItsPlaceToTheTwinWhileNobodyCouldWrite() {
    pad.database.losingRows();
    Set<String> before = pad.database.rows();

    Outcome outcome = pad.launch(Plans.brief(FreezeTest::frozen));

    assertThat(((Outcome.RolledBack) outcome).reason()).contains("not whole");
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(pad.database.rows()).isEqualTo(before);
    assertThat(pad.database.isFrozen()).isFalse();
  }

  @Test
  void aDatabaseThatWasWrittenToOnlineIsNeverPutBack() {
    pad.database.losingRows();

    pad.start(Plans.brief(plan -> {}));
    pad.await(State.NEEDS_HUMAN);
    pad.tell("skip");
    pad.outcome();

    assertThat(pad.turnstile.times("DatabasePutBack")).isZero();
  }

  static void frozen(ObjectNode plan) {
    ObjectNode database = plan.withObject("/database");
    database.set("serviceRoles", Plans.list("shop"));
    database.set("migration", Plans.json("{\"writes\": \"frozen\"}"));
  }
}
