package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.gate.Command;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The database of before the migration comes back only by a human who typed the numbers. */
class RescueTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aRescueBringsBackTheOldSchemaWithEveryRowWrittenSince() {
    serveOnTheNewSchema();
    pad.database.write("order 4");

    pad.update("rescue", asked(null));
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.traffic.weights().weight(Slot.BLUE)).isEqualTo(Weight.ALL);
    assertThat(pad.status().database().rescue())
        .anySatisfy(
            line -> assertThat(line).contains("public.orders: 1 inserted, 0 updated, 0 deleted"));

    pad.update("rescue", asked("1 0 0 0"));
    Outcome outcome = pad.outcome();

    assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(pad.database.version()).isEqualTo("1");
    assertThat(pad.database.rows()).contains("order 1", "order 4").hasSize(4);
  }

  @Test
  void otherNumbersThanThePlansAreRefusedAndChangeNothing() {
    serveOnTheNewSchema();
    pad.update("rescue", asked(null));
    pad.await(State.NEEDS_HUMAN);

    assertThat(pad.refusal("rescue", asked("9 0 0 0")))
        .isEqualTo("the plan has other numbers than '9 0 0 0': read them again");
    assertThat(pad.refusal("rescue", asked(null))).contains("numbers are missing");
    assertThat(pad.refusal("retry", asked(null))).contains("waits for its numbers");
    assertThat(pad.database.version()).isEqualTo("2");
  }

  @Test
  @Recorded
  void aRescueThatIsSkippedLeavesTheMigratedDatabaseLive() {
    serveOnTheNewSchema();
    pad.update("rescue", asked(null));
    pad.await(State.NEEDS_HUMAN);

    pad.update("skip", asked(null));
    Outcome outcome = pad.outcome();

    assertThat(outcome.leftovers()).singleElement().asString().contains("it was skipped");
    assertThat(pad.database.version()).isEqualTo("2");
  }

  @Test
  @Recorded
  void aRescueAfterAMigrationUnderWritesKeepsEveryRow() {
    pad.start(Plans.withGate(Milestone.VALIDATION_30M));
    pad.awaitGate(Milestone.VALIDATION_30M);
    pad.database.write("order 4");

    pad.update("rescue", asked(null));
    pad.await(State.NEEDS_HUMAN);
    assertThat(pad.traffic.weights().weight(Slot.BLUE)).isEqualTo(Weight.ALL);
    assertThat(pad.database.version()).isEqualTo("2");
    pad.database.write("order 5");
    pad.update("rescue", asked("0 0 0 0"));

    assertThat(pad.outcome().leftovers()).isEmpty();
    assertThat(pad.database.version()).isEqualTo("1");
    assertThat(pad.database.rows()).contains("order 1", "order 4", "order 5").hasSize(5);
    assertThat(pad.turnstile.times("DatabaseFreeze")).isZero();
  }

  @Test
  void beforeTheServiceWritesOnAMigratedSchemaThereIsNothingToRescue() {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal("rescue", asked(null))).contains("nothing to rescue", "use rollback");
    assertThat(pad.status().state()).isEqualTo(State.DECIDING);
  }

  @Test
  void aRollbackAloneNeverTouchesTheDatabasesRows() {
    serveOnTheNewSchema();
    pad.database.write("order 4");

    pad.tell("rollback");
    pad.outcome();

    assertThat(pad.turnstile.times("DatabaseRescue")).isZero();
    assertThat(pad.turnstile.times("DatabasePutBack")).isZero();
    assertThat(pad.database.rows()).hasSize(4);
    assertThat(pad.database.version()).isEqualTo("2");
  }

  private void serveOnTheNewSchema() {
    pad.start(
        Plans.brief(plan -> {
          FreezeTest.frozen(plan);
          Plans.gate(
              plan, Milestone.VALIDATION_30M, "{\"roles\": [\"commander\"], \"expires\": \"1h\"}");
        }));
    pad.awaitGate(Milestone.VALIDATION_30M);
  }

  private static Command asked(String numbers) {
    return new Command(null, "ann", "commander", "rows are wrong", null, numbers);
  }
}
