package dev.liftoff.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.SecretReference;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseContract;
import dev.liftoff.database.DatabaseSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulatedDatabaseTest extends DatabaseContract {
  private static final DatabaseSpec SPEC =
      new DatabaseSpec(
          "jdbc:postgresql://localhost/shop",
          "shop",
          new SecretReference("env:SHOP_PASSWORD"),
          "/migrations",
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofSeconds(2),
          null,
          null,
          null,
          null);

  private final SimulatedDatabase simulated = new SimulatedDatabase();

  @Test
  void aLostReplyHasDoneItsWork() {
    simulated.losingReplies(1);

    assertThatThrownBy(() -> simulated.migrate(LAUNCH, SPEC)).hasMessageContaining("lost");

    assertThat(simulated.migrate(LAUNCH, SPEC).applied()).containsExactly("2");
  }

  @Test
  void aMigrationThatLosesRowsIsFound() {
    var before = simulated.losingRows().backUp(LAUNCH, SPEC);
    simulated.migrate(LAUNCH, SPEC);

    assertThat(simulated.verify(LAUNCH, SPEC, before).intact()).isFalse();
  }

  @Override
  protected Database database() {
    return simulated;
  }

  @Override
  protected DatabaseSpec spec() {
    return SPEC;
  }

  @Override
  protected void writeOrder() {
    simulated.write("order " + (100 + simulated.rows().size()));
  }

  @Override
  protected void loseOrder() {
    simulated.remove("order 1");
  }

  @Override
  protected long orders() {
    return simulated.rows().size();
  }

  @Override
  protected String schemaVersion() {
    return simulated.version();
  }

  @Override
  protected boolean hasScratchDatabase() {
    return simulated.hasScratch();
  }

  @Override
  protected void leaveScratchDatabase() {
    simulated.leaveScratch(LAUNCH);
  }

  @Override
  protected void damageTheRestorePoint() {
    simulated.backupNotProven();
  }

  @Override
  protected void addMigration(String version) {
    simulated.pending(version, "add more");
  }

  @Override
  protected void addFailingMigration() {
    String error = "syntax error at or near \"BRAKE\"";
    simulated
        .pending("3", "break")
        .migrationFailing(error)
        .refusingInRehearsal("V3__break.sql failed: " + error);
  }
}
