package dev.liftoff.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

/**
 * What every database keeps. It starts at version 1 with the table {@code public.orders} of three
 * rows; the folder has version 2 as well, which only adds.
 */
public abstract class DatabaseContract {
  protected static final LaunchId LAUNCH = LaunchId.parse("shop/production/v2/1");

  protected abstract Database database();

  protected abstract DatabaseSpec spec();

  /** The service writes an order. */
  protected abstract void writeOrder();

  /** An order is gone that was there before; no service did that. */
  protected abstract void loseOrder();

  /** As seen from outside. */
  protected abstract long orders();

  protected abstract String schemaVersion();

  protected abstract boolean hasScratchDatabase();

  /** As if a proof had been killed before it could tidy up. */
  protected abstract void leaveScratchDatabase();

  /** The saved state is no longer what it was. */
  protected abstract void damageTheRestorePoint();

  protected abstract void addMigration(String version);

  /** The folder has a version 3 whose SQL fails after its first statement. */
  protected abstract void addFailingMigration();

  private RestorePoint backUp() {
    return database().backUp(LAUNCH, spec());
  }

  private Rehearsal rehearse() {
    RestorePoint point = backUp();
    database().proveAndKeep(LAUNCH, spec(), point);
    Rehearsal rehearsal = database().rehearse(LAUNCH, spec(), point);
    database().discardScratch(LAUNCH, spec());
    return rehearsal;
  }

  @Test
  void inspectingNamesTheVersionAndWhatIsPending() {
    SchemaState state = database().inspect(LAUNCH, spec());

    assertThat(state.version()).isEqualTo("1");
    assertThat(state.pending()).extracting(Migration::version).containsExactly("2");
    assertThat(state.pending()).extracting(Migration::description).containsExactly("add notes");
    assertThat(state.pending()).extracting(Migration::script).containsExactly("V2__add_notes.sql");
    assertThat(state.pending()).extracting(Migration::checksum).doesNotContain(0L);
  }

  @Test
  void inspectingChangesNothing() {
    SchemaState first = database().inspect(LAUNCH, spec());

    assertThat(database().inspect(LAUNCH, spec())).isEqualTo(first);
    assertThat(schemaVersion()).isEqualTo("1");
  }

  @Test
  void aRestorePointNamesEveryTableWithItsRows() {
    RestorePoint point = database().backUp(LAUNCH, spec());

    assertThat(point.tables().get("public.orders").rows()).isEqualTo(3);
    assertThat(point.schemaVersion()).isEqualTo("1");
    assertThat(point.bytes()).isPositive();
  }

  @Test
  void aRestorePointNamesWhatTookIt() {
    assertThat(database().backUp(LAUNCH, spec()).method()).isEqualTo(BackupMethod.LOGICAL);
  }

  @Test
  void repeatingTheBackupAnswersTheSameRestorePoint() {
    RestorePoint first = database().backUp(LAUNCH, spec());
    writeOrder();

    assertThat(database().backUp(LAUNCH, spec())).isEqualTo(first);
  }

  @Test
  void anotherLaunchTakesItsOwnRestorePoint() {
    LaunchId next = LaunchId.parse("shop/production/v2/2");
    RestorePoint first = database().backUp(LAUNCH, spec());
    writeOrder();

    RestorePoint second = database().backUp(next, spec());

    assertThat(second.folder()).isNotEqualTo(first.folder());
    assertThat(second.tables().get("public.orders").rows()).isEqualTo(4);
  }

  @Test
  void aRestorePointThatRestoresIsProven() {
    Proof proof = database().prove(LAUNCH, spec(), database().backUp(LAUNCH, spec()));

    assertThat(proof.differences()).isEmpty();
    assertThat(proof.proven()).isTrue();
    assertThat(proof.rows()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aRestorePointIsProvenAgainstItsSnapshotNotAgainstTheLiveRows() {
    RestorePoint point = database().backUp(LAUNCH, spec());
    writeOrder();

    assertThat(database().prove(LAUNCH, spec(), point).proven()).isTrue();
  }

  @Test
  void aDamagedRestorePointIsNotProven() {
    RestorePoint point = database().backUp(LAUNCH, spec());
    damageTheRestorePoint();

    Proof proof = database().prove(LAUNCH, spec(), point);

    assertThat(proof.proven()).isFalse();
    assertThat(proof.differences()).isNotEmpty();
  }

  @Test
  void aProofLeavesNoScratchDatabaseAndNoTrace() {
    database().prove(LAUNCH, spec(), database().backUp(LAUNCH, spec()));

    assertThat(hasScratchDatabase()).isFalse();
    assertThat(orders()).isEqualTo(3);
  }

  @Test
  void aCopyThatIsKeptStaysUntilItIsDiscarded() {
    RestoredCopy copy = database().proveAndKeep(LAUNCH, spec(), backUp());

    assertThat(copy.proof().proven()).isTrue();
    assertThat(hasScratchDatabase()).isTrue();

    database().discardScratch(LAUNCH, spec());
    assertThat(hasScratchDatabase()).isFalse();
  }

  @Test
  void keepingTheCopyTwiceAnswersTheSame() {
    RestorePoint point = backUp();

    RestoredCopy first = database().proveAndKeep(LAUNCH, spec(), point);

    assertThat(database().proveAndKeep(LAUNCH, spec(), point).name()).isEqualTo(first.name());
    database().discardScratch(LAUNCH, spec());
  }

  @Test
  void aRehearsalTellsWhatEachPendingMigrationDoes() {
    Rehearsal rehearsal = rehearse();

    assertThat(rehearsal.passed()).isTrue();
    assertThat(rehearsal.worst()).isEqualTo(MigrationClass.EXPAND);
    assertThat(rehearsal.migrations()).extracting(Rehearsed::version).containsExactly("2");
    assertThat(rehearsal.lines()).anySatisfy(line -> assertThat(line).contains("2", "expand"));
  }

  @Test
  void aRehearsalLeavesTheLiveDatabaseAsItIs() {
    SchemaState before = database().inspect(LAUNCH, spec());

    rehearse();

    assertThat(database().inspect(LAUNCH, spec())).isEqualTo(before);
    assertThat(orders()).isEqualTo(3);
  }

  @Test
  void rehearsingAgainAnswersTheSame() {
    RestorePoint point = backUp();
    database().proveAndKeep(LAUNCH, spec(), point);

    Rehearsal first = database().rehearse(LAUNCH, spec(), point);

    assertThat(database().rehearse(LAUNCH, spec(), point)).isEqualTo(first);
    database().discardScratch(LAUNCH, spec());
  }

  @Test
  void aMigrationThatFailsInItsRehearsalIsRefusedWithItsFile() {
    addFailingMigration();

    Rehearsal rehearsal = rehearse();

    assertThat(rehearsal.passed()).isFalse();
    assertThat(rehearsal.refusals()).anySatisfy(refusal -> assertThat(refusal).contains("V3__"));
    assertThat(schemaVersion()).isEqualTo("1");
  }

  @Test
  void whatWasRehearsedIsWhatIsApplied() {
    Rehearsal rehearsal = rehearse();

    Migrated migrated = database().migrate(LAUNCH, spec());

    assertThat(migrated.applied())
        .containsExactlyElementsOf(
            rehearsal.migrations().stream().map(Rehearsed::version).toList());
  }

  @Test
  void migratingAppliesWhatIsPendingInOrder() {
    addMigration("3");

    Migrated migrated = database().migrate(LAUNCH, spec());

    assertThat(migrated.versionBefore()).isEqualTo("1");
    assertThat(migrated.versionAfter()).isEqualTo("3");
    assertThat(migrated.applied()).containsExactly("2", "3");
    assertThat(schemaVersion()).isEqualTo("3");
  }

  @Test
  void migratingAgainAfterALostReplyAnswersTheSame() {
    Migrated first = database().migrate(LAUNCH, spec());

    assertThat(database().migrate(LAUNCH, spec())).isEqualTo(first);
  }

  @Test
  void migratingWithNothingPendingAppliesNothing() {
    database().migrate(LAUNCH, spec());

    Migrated next = database().migrate(LaunchId.parse("shop/production/v2/2"), spec());

    assertThat(next.applied()).isEmpty();
    assertThat(next.versionBefore()).isEqualTo("2");
    assertThat(next.versionAfter()).isEqualTo("2");
  }

  @Test
  void aMigrationChangesTheFingerprintAndLeavesNothingPending() {
    SchemaState before = database().inspect(LAUNCH, spec());

    database().migrate(LAUNCH, spec());

    SchemaState after = database().inspect(LAUNCH, spec());
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(after.pending()).isEmpty();
  }

  @Test
  void aFailingMigrationIsPermanentAndNamesItsFile() {
    addFailingMigration();

    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> database().migrate(LAUNCH, spec()));

    assertThat(failure.getType()).isEqualTo(FailureType.MIGRATION_FAILED.name());
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("V3__");
  }

  @Test
  void aFailingMigrationLeavesSchemaAndRowsAsTheyWere() {
    addFailingMigration();
    SchemaState before = database().inspect(LAUNCH, spec());

    assertThatThrownBy(() -> database().migrate(LAUNCH, spec()))
        .isInstanceOf(ApplicationFailure.class);

    assertThat(database().reconcile(LAUNCH, spec())).isEqualTo(before);
    assertThat(orders()).isEqualTo(3);
  }

  @Test
  void aDatabaseThatGrewDuringTheMigrationIsIntact() {
    RestorePoint before = database().backUp(LAUNCH, spec());
    database().migrate(LAUNCH, spec());
    writeOrder();

    Integrity integrity = database().verify(LAUNCH, spec(), before);

    assertThat(integrity.findings()).isEmpty();
    assertThat(integrity.intact()).isTrue();
    assertThat(integrity.rows()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void aRowThatIsMissingIsFoundEvenWhenTheCountIsRight() {
    RestorePoint before = database().backUp(LAUNCH, spec());
    writeOrder();
    loseOrder();

    Integrity integrity = database().verify(LAUNCH, spec(), before);

    assertThat(integrity.intact()).isFalse();
    assertThat(integrity.findings()).singleElement().asString().contains("public.orders");
  }

  @Test
  void reconcilingAfterAMigrationKeepsIt() {
    database().migrate(LAUNCH, spec());

    assertThat(database().reconcile(LAUNCH, spec()).version()).isEqualTo("2");
    assertThat(schemaVersion()).isEqualTo("2");
  }

  @Test
  void aScratchDatabaseThatWasLeftIsDiscarded() {
    leaveScratchDatabase();

    database().discardScratch(LAUNCH, spec());

    assertThat(hasScratchDatabase()).isFalse();
  }

  @Test
  void discardingWithoutScratchIsHarmlessAndKeepsTheRestorePoint() {
    RestorePoint point = database().backUp(LAUNCH, spec());

    database().discardScratch(LAUNCH, spec());

    assertThat(database().backUp(LAUNCH, spec())).isEqualTo(point);
  }
}
