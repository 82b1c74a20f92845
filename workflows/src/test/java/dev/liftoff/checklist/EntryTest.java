package dev.liftoff.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.liftoff.Payloads;
import dev.liftoff.gate.Role;
import dev.liftoff.probe.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(25));
  private static final Instant WEEK = NOW.plus(Duration.ofDays(7));
  private static final Person RAVI = new Person("ravi", Role.DATABASE);
  private static final Person ANN = new Person("ann", Role.COMMANDER);
  private static final Person OMAR = new Person("omar", Role.CTO);
  private static final Person MEI = new Person("mei", Role.MONITORING);

  private final Entry human = Entry.of(Items.human("DB-01", Role.DATABASE));
  private final Entry automatic = Entry.of(Items.automatic("DB-02", Role.DATABASE));
  private final Entry both = Entry.of(Items.both("DB-03", Role.DATABASE));
  private final Entry critical = Entry.of(Items.critical(Items.human("DB-04", Role.DATABASE)));

  @Test
  void nothingIsGreenBeforeSomebodyAnswers() {
    for (Entry entry : List.of(human, automatic, both, critical)) {
      assertThat(entry.state(NOW)).isInstanceOf(ItemState.Pending.class);
    }
  }

  @Test
  void aPassNamesWhatWasFound() {
    assertThat(human.pass(RAVI, "restored in 23 min", null, NOW).state(NOW))
        .isEqualTo(new ItemState.Passed("restored in 23 min", null, "ravi (database)", NOW));
    refused(() -> human.pass(RAVI, null, null, NOW), "value is missing: say what was found");
  }

  @Test
  void onlyTheOwnerAndTheCommanderAnswer() {
    assertThat(human.pass(ANN, "seen", null, NOW).state(NOW)).isInstanceOf(ItemState.Passed.class);
    refused(
        () -> human.pass(MEI, "seen", null, NOW),
        "is answered by [commander, database], not by monitoring");
  }

  @Test
  void whatIsMeasuredIsNotSaid() {
    refused(
        () -> automatic.pass(RAVI, "yes", null, NOW), "is measured: examine it again, or deviate");
    refused(() -> automatic.fail(RAVI, "no", NOW), "is measured: examine it again");
  }

  @Test
  void whatCannotBeMeasuredIsNotGreen() {
    Entry green = automatic.measured(ProbeResult.pass("DB-02", "0.3 s", "5 s"), NOW);
    assertThat(green.state(NOW).word()).isEqualTo("pass");

    Entry blind = green.measured(ProbeResult.noData("DB-02", "no answer within 10 s", "5 s"), NOW);
    assertThat(blind.state(NOW))
        .isEqualTo(new ItemState.Pending("not measured: no answer within 10 s"));
  }

  @Test
  void anItemOfBothPassesOnlyWhenItIsMeasuredAndConfirmed() {
    refused(
        () -> both.confirm(RAVI, null, NOW),
        "cannot be confirmed: not measured yet; examine it again");
    Entry measured = both.measured(ProbeResult.pass("DB-03", "0.3 s", "5 s"), NOW);
    assertThat(measured.state(NOW).word()).isEqualTo("pending");

    Entry confirmed = measured.confirm(RAVI, null, NOW);
    assertThat(confirmed.state(NOW))
        .isEqualTo(new ItemState.Passed("0.3 s", null, "ravi (database)", NOW));
  }

  @Test
  void aConfirmationDoesNotOutliveItsMeasurement() {
    Entry confirmed =
        both.measured(ProbeResult.pass("DB-03", "0.3 s", "5 s"), NOW).confirm(RAVI, null, NOW);

    Entry worse = confirmed.measured(ProbeResult.fail("DB-03", "9 s", "5 s"), NOW);
    assertThat(worse.state(NOW)).isEqualTo(new ItemState.Failed("9 s (limit 5 s)", "liftoff", NOW));

    Entry again = worse.measured(ProbeResult.pass("DB-03", "0.2 s", "5 s"), NOW);
    assertThat(again.state(NOW).word()).isEqualTo("pending");
  }

  @Test
  void aConfirmationHoldsWhileTheMeasurementPasses() {
    Entry confirmed =
        both.measured(ProbeResult.pass("DB-03", "0.3 s", "5 s"), NOW).confirm(RAVI, null, NOW);

    Entry again = confirmed.measured(ProbeResult.pass("DB-03", "0.2 s", "5 s"), NOW);

    assertThat(again.state(NOW).word()).isEqualTo("pass");
  }

  @Test
  void answersExpire() {
    assertThat(human.pass(RAVI, "seen", null, NOW).state(LATER).word()).isEqualTo("expired");
    assertThat(automatic.measured(ProbeResult.pass("DB-02", "1", "5"), NOW).state(LATER).word())
        .isEqualTo("expired");
    assertThat(human.pass(RAVI, "seen", null, NOW).state(NOW.plus(Duration.ofHours(24))).word())
        .isEqualTo("expired");
  }

  @Test
  void aDeviationHasReasonOwnerAndEnd() {
    refused(() -> human.deviate(RAVI, "r", "ravi", null, NOW), "until is missing");
    refused(() -> human.deviate(RAVI, "r", null, WEEK, NOW), "owner is missing");
    refused(() -> human.deviate(RAVI, null, "ravi", WEEK, NOW), "reason is missing");
    refused(() -> human.deviate(RAVI, "r", "ravi", NOW, NOW), "until must be in the future");
  }

  @Test
  void aDeviationCountsOnceASecondPersonApprovedIt() {
    Entry asked = human.deviate(RAVI, "replica is rebuilt", "ravi", WEEK, NOW);
    assertThat(Reckoning.counted(asked, NOW).standing()).isEqualTo(Standing.OPEN);
    refused(
        () -> asked.approve(new Person("RAVI", Role.COMMANDER)),
        "needs a second person: RAVI asked for it");

    Entry approved = asked.approve(ANN);
    assertThat(Reckoning.counted(approved, NOW).standing()).isEqualTo(Standing.DEVIATION);
    assertThat(approved.state(WEEK).word()).isEqualTo("expired");
  }

  @Test
  void aCriticalItemIsWaivedByTheCommanderWithTheCtoOrItsOwner() {
    Entry byOwner = critical.deviate(RAVI, "r", "ravi", WEEK, NOW);
    refused(() -> byOwner.approve(OMAR), "is critical: it takes the commander and");
    assertThat(byOwner.approve(ANN).state(NOW).word()).isEqualTo("deviation");

    Entry byCommander = critical.deviate(ANN, "r", "ravi", WEEK, NOW);
    assertThat(Reckoning.counted(byCommander.approve(OMAR), NOW).blocks()).isFalse();
    assertThat(Reckoning.counted(byCommander.approve(RAVI), NOW).blocks()).isFalse();
    refused(() -> byCommander.approve(MEI), "is waived by");
  }

  @Test
  void notApplicableNeedsAReasonAndForCriticalItemsASecondPerson() {
    refused(() -> human.notApplicable(RAVI, null, NOW), "reason is missing");

    Entry said = critical.notApplicable(RAVI, "no replica", NOW);
    assertThat(Reckoning.counted(said, NOW).blocks()).isTrue();
    assertThat(Reckoning.counted(said.approve(ANN), NOW).blocks()).isFalse();
  }

  @Test
  void thereIsNothingToApproveOrConfirmWhereNothingWasAsked() {
    refused(() -> human.approve(ANN), "has nothing to approve");
    refused(() -> human.confirm(RAVI, null, NOW), "has nothing to confirm: it is human");
  }

  @Test
  void evidenceIsThereWhereItIsAskedFor() {
    Entry link = Entry.of(Items.needing(EvidenceKind.LINK, Items.human("L", Role.DATABASE)));
    refused(() -> link.pass(RAVI, "seen", null, NOW), "evidence must be an address");
    refused(() -> link.pass(RAVI, "seen", "javascript:alert(1)", NOW), "was 'javascript:alert(1)'");
    assertThat(link.pass(RAVI, "seen", "https://ci/7", NOW).state(NOW).word()).isEqualTo("pass");

    Entry file = Entry.of(Items.needing(EvidenceKind.FILE, Items.human("F", Role.DATABASE)));
    refused(() -> file.pass(RAVI, "seen", "report.pdf", NOW), "evidence must be a file's name");
    assertThat(
            file.pass(RAVI, "seen", "report.pdf sha256:" + "a".repeat(64), NOW).state(NOW).word())
        .isEqualTo("pass");

    Entry value = Entry.of(Items.needing(EvidenceKind.VALUE, Items.human("V", Role.DATABASE)));
    refused(() -> value.pass(RAVI, "fast", null, NOW), "value must be a number with its unit");
    assertThat(value.pass(RAVI, "23 min", null, NOW).state(NOW).word()).isEqualTo("pass");
  }

  @Test
  void everyStateIsReadAsItWasWritten() throws JsonProcessingException {
    for (ItemState state :
        List.of(
            new ItemState.Pending("p"),
            new ItemState.Passed("v", "e", "ravi", NOW),
            new ItemState.Failed("r", "ravi", NOW),
            new ItemState.Deviation("r", "ravi", WEEK, RAVI, ANN, NOW),
            new ItemState.NotApplicable("r", RAVI, null, NOW),
            new ItemState.Expired("w", NOW))) {
      String json = Payloads.mapper().writeValueAsString(state);

      assertThat(json).contains("\"state\":\"" + state.word() + "\"");
      assertThat(Payloads.mapper().readValue(json, ItemState.class)).isEqualTo(state);
    }
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable change, String sentence) {
    assertThatThrownBy(change)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }
}
