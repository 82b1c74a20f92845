package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Role;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.PeopleStatus.Seat;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody acts in the role of somebody who is away. Ann began the launch. */
class LoanTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();
  private final Signer ann = new Signer("ann", Role.COMMANDER);
  private final Signer bob = new Signer("bob", Role.DEPLOYMENT);
  private final Signer ravi = new Signer("ravi", Role.DATABASE);
  private int nonces;

  @Test
  @Recorded
  void whoHasALentRoleVotesInItAndEverybodyReadsForWhom() {
    begin();
    Instant end = lend(Duration.ofHours(4));
    vote(ravi, "database", "go");

    vote(bob, "commander", "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline())
        .contains(
            "COMMAND ann: commander is lent to bob until %s [verified]".formatted(end),
            "DECISION bob: go at migrate, as commander for ann until %s: seen [verified]"
                .formatted(end));
    assertThat(pad.status().people().poll().seats())
        .extracting(Seat::line)
        .contains("commander go by bob for ann until %s, verified: seen".formatted(end));
    assertThat(pad.running().query("retrospective", String.class))
        .contains("commander for ann until " + end);
  }

  @Test
  void aLoanIsShownAsLongAsItLastsAndEndsByItself() {
    begin();
    Instant end = lend(Duration.ofSeconds(1_201));
    assertThat(pad.status().people().remarks(pad.clock()))
        .containsExactly("bob is commander for ann until " + end);

    pad.sleep(Duration.ofSeconds(1_207));

    assertThat(pad.status().people().remarks(pad.clock()))
        .containsExactly("bob was commander for ann until %s: it has ended".formatted(end));
    pad.update("note", ravi.signed(pad, "note", note(), nonce()));
    assertThat(pad.status().people().remarks(pad.clock())).isEmpty();
    assertThat(pad.refusal("decide", signed(bob, "commander", "no-go")))
        .endsWith("bob is [deployment], not commander");
  }

  @Test
  void whatIsLentCannotBeLentOn() {
    begin();
    Instant end = lend(Duration.ofHours(4));
    Command on = by("bob", "commander").lending("cora", end.toString());

    assertThat(refused("lend", bob.signed(pad, "lend", on, nonce())))
        .isEqualTo(
            "bob acts as commander for ann until %s: what is lent cannot be lent on"
                .formatted(end));
  }

  @Test
  void nobodyLendsARoleThatHeHasNot() {
    begin();
    Command other = by("bob", "commander").lending("cora", in(Duration.ofHours(1)).toString());

    assertThat(refused("lend", bob.signed(pad, "lend", other, nonce())))
        .endsWith("bob is [deployment], not commander");
  }

  @Test
  void aLoanThatIsTakenBackVoidsTheGoThatWasSaidByIt() {
    begin();
    Instant end = lend(Duration.ofHours(4));
    vote(ravi, "database", "go");
    pad.update("hold", bob.signed(pad, "hold", by("bob", "deployment"), nonce()));
    vote(bob, "commander", "go");

    tell("lend", by("ann", "commander").lending("bob", "now"));

    assertThat(pad.timeline())
        .contains(
            "COMMAND ann: commander is taken back from bob [verified]",
            "DECISION liftoff: go of commander (bob for ann until %s) is void: the role was taken back"
                .formatted(end));
    assertThat(pad.status().awaited().roles()).containsExactly(Role.COMMANDER);
    assertThat(pad.refusal("decide", signed(bob, "commander", "go")))
        .endsWith("bob is [deployment], not commander");
  }

  @Test
  @Recorded
  void aGoThatWasSaidByALoanEndsWithItAndTheGateStillAsks() {
    begin();
    Instant end = in(Duration.ofSeconds(1_201));
    Command loan = by("ravi", "database").lending("bob", end.toString());
    pad.update("lend", ravi.signed(pad, "lend", loan, nonce()));
    vote(bob, "database", "go");
    assertThat(pad.status().awaited().roles()).containsExactly(Role.COMMANDER);

    pad.sleep(Duration.ofSeconds(1_207));

    LaunchPad.until(
        "void",
        () ->
            pad.timeline()
                .contains(
                    "DECISION liftoff: go of database (bob for ravi until %s) is void: the loan has ended"
                        .formatted(end)));
    assertThat(pad.status().awaited().roles()).containsExactly(Role.DATABASE, Role.COMMANDER);
    assertThat(pad.refusal("decide", signed(ann, "commander", "go")))
        .isEqualTo("the commander is last: the go of database is missing");
    vote(ravi, "database", "go");
    vote(ann, "commander", "go");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aLoanThatIsGivenAnewForAShorterTimeTakesItsGoAlong() {
    begin();
    Instant longer = in(Duration.ofHours(4));
    Instant shorter = in(Duration.ofSeconds(1_201));
    Command loan = by("ravi", "database").lending("bob", longer.toString());
    pad.update("lend", ravi.signed(pad, "lend", loan, nonce()));
    vote(bob, "database", "go");
    Command again = by("ravi", "database").lending("bob", shorter.toString());
    pad.update("lend", ravi.signed(pad, "lend", again, nonce()));

    pad.sleep(Duration.ofSeconds(1_207));

    LaunchPad.until(
        "void",
        () ->
            pad.timeline()
                .contains(
                    "DECISION liftoff: go of database (bob for ravi until %s) is void: the loan has ended"
                        .formatted(shorter)));
  }

  @Test
  void aLoanDiesWithWhoeverLentIt() {
    begin();
    lend(Duration.ofHours(4));
    vote(ravi, "database", "go");
    pad.identity.revoke("ann");

    assertThat(pad.refusal("decide", signed(bob, "commander", "go")))
        .endsWith("bob is [deployment], not commander");
  }

  @Test
  void whoHasALentRoleIsStillOnePerson() {
    Signer both = new Signer("bob", Role.DATABASE);
    pad.identity.acceptsUnverified().knows(ann.person()).knows(both.person());
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);
    lend(Duration.ofHours(4));
    vote(both, "database", "go");

    assertThat(pad.refusal("decide", signed(both, "commander", "go")))
        .isEqualTo("bob has voted as database already: another person votes as commander");
  }

  @Test
  void whereNobodyIsVerifiedALoanIsAClaimAsAllIs() {
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);
    Instant end = in(Duration.ofHours(4));

    pad.update("lend", by("ann", "commander").lending("bob", end.toString()));
    pad.update("decide", decision("ravi", "database", "go"));
    pad.update("decide", decision("bob", "commander", "go"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline())
        .contains(
            "DECISION bob: go at migrate, as commander for ann until %s: seen".formatted(end));
  }

  @ParameterizedTest(name = "to {0} until {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        " | 2199-01-01T00:00:00Z | to is missing",
        "bob | | until is missing",
        "bob | tonight | , or now to take it back, was 'tonight'",
        "bob | 2001-01-01T00:00:00Z | until must be later than now, was 2001-01-01T00:00:00Z",
        "bob | 2199-01-01T00:00:00Z | , was 2199-01-01T00:00:00Z",
        "cora | now | ann has not lent commander to cora"
      })
  void whatIsWrongWithALoanIsSaid(String to, String until, String sentence) {
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);

    assertThat(pad.refusal("lend", by("ann", "commander").lending(to, until))).endsWith(sentence);
  }

  private void begin() {
    pad.identity.acceptsUnverified().knows(ann.person()).knows(bob.person()).knows(ravi.person());
    pad.start(polling());
    pad.awaitGate(Milestone.MIGRATE);
  }

  private Instant lend(Duration time) {
    Instant end = in(time);
    tell("lend", by("ann", "commander").lending("bob", end.toString()));
    return end;
  }

  private Instant in(Duration time) {
    return pad.clock().plus(time).truncatedTo(ChronoUnit.SECONDS);
  }

  private void tell(String verb, Command command) {
    pad.update(verb, ann.signed(pad, verb, command, nonce()));
  }

  private void vote(Signer who, String role, String answer) {
    pad.update("decide", signed(who, role, answer));
  }

  private Decision signed(Signer who, String role, String answer) {
    return who.signed(pad, decision(who.person().name(), role, answer), nonce());
  }

  private Decision decision(String who, String role, String answer) {
    return new Decision(pad.status().launch().toString(), "migrate", answer, who, role, "seen");
  }

  private String refused(String verb, Command command) {
    return pad.refusal(verb, command);
  }

  private String nonce() {
    return "n" + nonces++;
  }

  private static Command note() {
    return new Command(null, "ravi", "database", "it is late", null);
  }

  private static Command by(String who, String role) {
    return new Command(null, who, role, null, null);
  }

  private static PlanDocument polling() {
    return Plans.brief(plan ->
        Plans.gate(
            plan,
            Milestone.MIGRATE,
            "{\"poll\": [\"database\", \"commander\"], \"expires\": \"2h\"}"));
  }
}
