package dev.liftoff.activities.database.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.migration.Reconciliation.Decision;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of database.md 5.5, line by line. V3 changes rows only, V4 stands alone. */
class ReconciliationTest {
  private static final Rehearsals REHEARSED =
      new Rehearsals(
          new Rehearsal(
              "F0",
              List.of(
                  migration("V2", "F2"),
                  migration("V3", "F2"),
                  migration("V4", "F4"),
                  migration("V5", "F5")),
              MigrationClass.EXPAND,
              List.of(),
              List.of()));

  @Test
  void nothingDoneIsTriedAgain() {
    assertThat(decide("F0", List.of())).isEqualTo(new Decision.GoOn(0));
    assertThat(decide("F0", List.of(), note(true, "9", "V2", "V3"), "aborted"))
        .isEqualTo(new Decision.GoOn(0));
  }

  @Test
  void whatIsRecordedAndAppliedIsContinued() {
    assertThat(decide("F4", List.of("V2", "V3", "V4"))).isEqualTo(new Decision.GoOn(3));
    assertThat(decide("F5", List.of("V2", "V3", "V4", "V5"))).isEqualTo(new Decision.GoOn(4));
  }

  @Test
  void whatIsAppliedAndNotRecordedIsMarkedWithItsProof() {
    assertThat(decide("F4", List.of("V2", "V3"), note(false, null, "V4"), "none"))
        .isEqualTo(
            new Decision.MarkApplied(
                List.of("V4"), "the live fingerprint F4 is the rehearsed one after V4"));
  }

  @Test
  void aGroupOfOneTransactionIsMarkedWhole() {
    assertThat(decide("F2", List.of(), note(true, "9", "V2", "V3"), "committed"))
        .isEqualTo(
            new Decision.MarkApplied(
                List.of("V2", "V3"),
                "the live fingerprint F2 is the rehearsed one after V3, and transaction 9 is committed"));
  }

  @Test
  void rowsThatACommittedTransactionChangedAreMarkedByIt() {
    assertThat(decide("F2", List.of("V2"), note(true, "9", "V3"), "committed"))
        .isEqualTo(new Decision.MarkApplied(List.of("V3"), "transaction 9 is committed"));
  }

  @Test
  void rowsThatNobodyCanTellOfAreHeld() {
    assertHeld(decide("F2", List.of("V2"), note(true, "9", "V3"), "unknown"), "cannot be told");
    assertHeld(decide("F2", List.of("V2"), begun(false, "V3"), "none"), "cannot be told");
  }

  @Test
  void rowsThatATransactionDidNotCommitAreTriedAgain() {
    assertThat(decide("F2", List.of("V2"), note(true, "9", "V3"), "aborted"))
        .isEqualTo(new Decision.GoOn(1));
    assertThat(decide("F2", List.of("V2"), begun(true, "V3"), "none"))
        .isEqualTo(new Decision.GoOn(1));
  }

  @Test
  void whatIsRecordedAndNotAppliedIsHeld() {
    assertHeld(
        decide("F2", List.of("V2", "V3", "V4")),
        "the history has [V4] as applied, but the schema does not");
    assertHeld(decide("F0", List.of("V2")), "[V2]");
  }

  @Test
  void aSchemaThatTheRehearsalNeverSawIsHeld() {
    assertHeld(decide("F9", List.of("V2")), "none of the 5");
  }

  @Test
  void aSchemaThatIsFurtherThanOneStepIsHeld() {
    assertHeld(decide("F5", List.of("V2", "V3")), "none of the 5");
    assertHeld(decide("F4", List.of("V2")), "none of the 5");
  }

  @Test
  void aProofThatContradictsIsHeld() {
    assertHeld(decide("F2", List.of(), note(true, "9", "V2"), "aborted"), "nothing proves");
    assertHeld(decide("F0", List.of(), note(true, "9", "V2"), "committed"), "not what it leaves");
  }

  @Test
  void aHistoryOfAnotherOrderIsHeld() {
    assertHeld(decide("F2", List.of("V3")), "not how it was rehearsed");
  }

  private static void assertHeld(Decision decision, String because) {
    assertThat(decision).isInstanceOf(Decision.Hold.class);
    assertThat(decision.toString()).contains(because);
  }

  private static Decision decide(String fingerprint, List<String> recorded) {
    return new Reconciliation(REHEARSED, recorded, fingerprint, Optional.empty(), "none").decide();
  }

  private static Decision decide(
      String fingerprint, List<String> recorded, StepNote note, String transaction) {
    return new Reconciliation(REHEARSED, recorded, fingerprint, Optional.of(note), transaction)
        .decide();
  }

  private static StepNote begun(boolean transactional, String... scripts) {
    return new StepNote(List.of(scripts), transactional, "F", new TreeSet<>(), null, List.of());
  }

  private static StepNote note(boolean transactional, String transaction, String... scripts) {
    StepNote begun = begun(transactional, scripts);
    return transaction == null ? begun : begun.in(transaction, List.of(scripts));
  }

  private static Rehearsed migration(String script, String fingerprint) {
    return new Rehearsed(
        script.substring(1),
        script,
        "",
        MigrationClass.EXPAND,
        Duration.ZERO,
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        fingerprint,
        !script.equals("V4"));
  }
}
