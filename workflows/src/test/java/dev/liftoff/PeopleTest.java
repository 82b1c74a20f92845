package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import dev.liftoff.people.SignedText;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.simulation.SimulatedIdentity;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.status.PeopleStatus.Seat;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what in a launch, and polls. */
class PeopleTest {
  private static final String FOUR =
      "{\"poll\": [\"deployment\", \"database\", \"monitoring\", \"commander\"], \"expires\": \"2h\"}";

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aPollIsPassedByTheGoOfAllWithTheCommanderLast() {
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(refused("commander", "ann"))
        .isEqualTo("the commander is last: the go of deployment, database, monitoring is missing");
    assertThat(vote("monitoring", "mei", "go"))
        .isEqualTo("go at gate migrate is recorded; missing: [deployment, database, commander]");
    vote("deployment", "dan", "go");
    vote("database", "ravi", "go");
    assertThat(pad.status().awaited().roles()).containsExactly(Role.COMMANDER);
    assertThat(vote("commander", "ann", "go")).isEqualTo("go at gate migrate is recorded");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.status().people().poll().seats())
        .extracting(Seat::line)
        .containsExactly(
            "deployment go by dan, unverified: seen",
            "database go by ravi, unverified: seen",
            "monitoring go by mei, unverified: seen",
            "commander go by ann, unverified: seen");
    assertThat(pad.timeline()).contains("DECISION liftoff: poll at migrate: go, by all");
  }

  @Test
  @Recorded
  void aVetoHoldsTheLaunchAndSaysWhoseUntilThatRoleSaysGo() {
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);
    vote("deployment", "dan", "go");

    vote("database", "ravi", "no-go");
    pad.await(State.HELD);
    assertThat(pad.status().because()).isEqualTo("no-go of database at migrate by ravi: seen");
    assertThat(refused("commander", "ann")).contains("the go of database, monitoring is missing");

    vote("monitoring", "mei", "go");
    vote("database", "ravi", "go");
    vote("commander", "ann", "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.told()).contains("HELD: no-go of database at migrate by ravi: seen");
  }

  @Test
  void aVetoThatNobodyTakesBackScrubsWhenTheHoldIsOver() {
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);
    vote("database", "ravi", "no-go");

    assertThat(pad.outcome())
        .isInstanceOfSatisfying(
            Outcome.Scrubbed.class,
            scrubbed -> assertThat(scrubbed.reason()).startsWith("no go of [deployment, database"));
    assertThat(pad.database.version()).isEqualTo("1");
  }

  @Test
  void theCommandersNoGoEndsItAtOnce() {
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);

    vote("commander", "ann", "no-go");

    assertThat(pad.outcome())
        .isEqualTo(
            new Outcome.Scrubbed(
                Milestone.MIGRATE,
                "no-go at migrate by ann (commander): seen",
                java.util.List.of()));
  }

  @Test
  void aTimeThatIsOverIsNeverAYesAndTheReminderNamesWhoIsMissing() {
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);
    vote("deployment", "dan", "go");
    vote("database", "ravi", "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Scrubbed.class);
    assertThat(pad.notifier.announcements())
        .filteredOn(message -> message.title().equals("poll migrate closes in 5m"))
        .singleElement()
        .satisfies(message ->
            assertThat(message.facts().toString()).contains("missing: [deployment, database, mon"));
    assertThat(pad.timeline())
        .contains("DECISION liftoff: go of database (ravi) is void: older than 1h");
    assertThat(pad.database.version()).isEqualTo("1");
  }

  @Test
  @Recorded
  void votesAreVoidAfterALongHold() {
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);
    vote("deployment", "dan", "go");
    pad.tell("hold");
    pad.sleep(Duration.ofMinutes(31));
    pad.tell("resume");

    assertThat(pad.status().awaited().roles()).contains(Role.DEPLOYMENT);
    assertThat(pad.timeline())
        .contains("DECISION liftoff: go of deployment (dan) is void: held for longer than 30m");
  }

  @Test
  void thePlanCannotLowerWhatTheSettingsAskFor() {
    pad.identity.polls(Milestone.MIGRATE, Role.DATABASE);
    pad.start(Plans.brief(plan -> {}));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(refused("commander", "ann")).contains("database is missing");
    vote("database", "ravi", "go");
    vote("commander", "ann", "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "promote  | database      | promote is for commander, not for database",
        "resume   | deployment    | resume is for commander, not for deployment",
        "rollback | communication | rollback is for commander, deployment, on-call, not for communication",
        "skip     | on-call       | skip is for commander, cto, not for on-call"
      })
  void aRefusalNamesWhoMay(String verb, String role, String sentence) {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal(verb, new Command(null, "bob", role, "because", null)))
        .isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({"hold", "note"})
  void everybodyMayHoldAndWriteNotes(String verb) {
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    pad.update(verb, new Command(null, "bob", "communication", "because", null));

    assertThat(pad.timeline()).anyMatch(line -> line.contains(" bob: "));
  }

  @Test
  void whereCallersMustBeVerifiedAWordAloneIsRefused() {
    pad.identity.acceptsUnverified("hold", "rollback", "note");
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal("decide", pad.decision(Milestone.MIGRATE, "go")))
        .isEqualTo(
            "migrate is taken from verified callers only: sign it (liftoff login), or do what unverified callers may: hold, rollback, note");
  }

  @Test
  @Recorded
  void aSignedGoOpensTheGateAndIsToldAsVerified() {
    pad.identity.acceptsUnverified().knows("ann", Role.COMMANDER);
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);

    pad.update("decide", signed(pad.decision(Milestone.MIGRATE, "go"), "1"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline())
        .contains("DECISION ann: go at migrate, as commander: all seen [verified]");
  }

  @Test
  void aSignatureOfAnotherMessageIsRefused() {
    pad.identity.acceptsUnverified().knows("ann", Role.COMMANDER);
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    Decision noGo = signed(pad.decision(Milestone.MIGRATE, "no-go"), "1");

    Decision forged = pad.decision(Milestone.MIGRATE, "go").by(noGo.proof());

    assertThat(pad.refusal("decide", forged))
        .isEqualTo(
            "migrate is taken from verified callers only: the signature does not fit the message");
    assertThat(pad.status().state()).isEqualTo(State.DECIDING);
  }

  @Test
  void aProofCountsOnce() {
    pad.identity.acceptsUnverified().knows("ann", Role.COMMANDER);
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    Command hold = signed("hold", LaunchPad.command("because"), "1");
    pad.update("hold", hold);
    pad.update("resume", signed("resume", LaunchPad.command("because"), "2"));

    assertThat(pad.refusal("hold", hold)).contains("was used already");
  }

  @Test
  void whoIsRevokedIsSoAtOnce() {
    pad.identity.acceptsUnverified().knows("ann", Role.COMMANDER);
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    pad.identity.revoke("ann");

    assertThat(pad.refusal("decide", signed(pad.decision(Milestone.MIGRATE, "go"), "1")))
        .contains("ann is not known");
  }

  @Test
  @Recorded
  void aRollbackMovesTrafficBeforeItsProofIsLookedAt() {
    pad.identity.acceptsUnverified("rollback").knows("ann", Role.COMMANDER);
    pad.start(Plans.with(plan -> {}));
    pad.await(State.SOAKING);

    pad.update("rollback", signed("rollback", LaunchPad.command("because"), "1"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.timeline()).contains("NOTE liftoff: rollback by ann: verified, simulated");
  }

  @Test
  void aRollbackDoesNotWaitForWhoCannotBeAsked() {
    pad.identity.acceptsUnverified("rollback").knows("ann", Role.COMMANDER);
    pad.turnstile.before(
        "IdentityVerify",
        () -> {
          throw new IllegalStateException("away");
        });
    pad.start(Plans.with(plan -> {}));
    pad.await(State.SOAKING);

    pad.running().signal("rollback", signed("rollback", LaunchPad.command("because"), "1"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.timeline())
        .anyMatch(line -> line.startsWith("NOTE liftoff: rollback by ann: unverified, the proof"));
  }

  private static PlanDocument polling() {
    return Plans.brief(plan -> Plans.gate(plan, Milestone.MIGRATE, FOUR));
  }

  private String vote(String role, String who, String answer) {
    return pad.update("decide", decision(role, who, answer)).message();
  }

  private String refused(String role, String who) {
    return pad.refusal("decide", decision(role, who, "go"));
  }

  private Decision decision(String role, String who, String answer) {
    return new Decision(pad.status().launch().toString(), "migrate", answer, who, role, "seen");
  }

  private Decision signed(Decision decision, String nonce) {
    Proof proof = proof(nonce);
    return decision.by(
        proof.signed(
            SimulatedIdentity.signature(SignedText.of(pad.status().launch(), decision, proof))));
  }

  private Command signed(String verb, Command command, String nonce) {
    Proof proof = proof(nonce);
    return command.by(
        proof.signed(
            SimulatedIdentity.signature(
                SignedText.of(pad.status().launch(), verb, command, proof))));
  }

  private static Proof proof(String nonce) {
    return new Proof("token", "1", "key", "now", "later", nonce, "");
  }
}
