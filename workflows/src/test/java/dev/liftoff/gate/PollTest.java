package dev.liftoff.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.liftoff.Payloads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollTest {
  private static final Instant T0 = Instant.parse("2026-11-20T14:00:00Z");
  private static final Seal SEAL = Seal.EMPTY.with("plan", "a").with("image", "b");

  private final Poll poll =
      new Poll(
          List.of(Role.COMMANDER, Role.MONITORING, Role.DATABASE), Voting.STANDARD, "ann", SEAL);

  @Test
  void theRollIsCalledInAFixedOrderWithTheCommanderLast() {
    assertThat(poll.required()).containsExactly(Role.DATABASE, Role.MONITORING, Role.COMMANDER);
    assertThat(Poll.inOrder(List.of(Role.CTO))).containsExactly(Role.CTO, Role.COMMANDER);
  }

  @Test
  void theCommanderIsRefusedWithTheRolesThatAreMissing() {
    go(Role.MONITORING, "mei");

    assertThat(poll.refusal(ballot(Role.COMMANDER, "ann", true), T0))
        .hasValue("the commander is last: the go of database is missing");
  }

  @Test
  void onePersonVotesInOneRole() {
    go(Role.DATABASE, "Ravi");

    assertThat(poll.refusal(ballot(Role.MONITORING, "ravi ", true), T0))
        .hasValue("ravi  has voted as database already: another person votes as monitoring");
  }

  @Test
  void whereRolesAreSharedWhoeverBeganTheLaunchStillDoesNotDecideAlone() {
    Voting shared = new Voting(1, true, Duration.ofMinutes(60), Duration.ofMinutes(30), true);
    Poll alone = new Poll(List.of(Role.DATABASE), shared, "ann", SEAL);
    alone.cast(ballot(Role.DATABASE, "ann", true), T0);

    assertThat(alone.refusal(ballot(Role.COMMANDER, "Ann", true), T0))
        .hasValue("ann began this launch and does not decide alone: at least 1 other must say go");
    assertThat(alone.refusal(ballot(Role.COMMANDER, "omar", true), T0)).isEmpty();
  }

  @Test
  void aNoGoIsAVetoUntilItsRoleSaysGo() {
    poll.cast(ballot(Role.DATABASE, "ravi", false), T0);
    go(Role.MONITORING, "mei");

    assertThat(poll.veto()).map(Vote::who).hasValue("ravi");
    assertThat(poll.refusal(ballot(Role.COMMANDER, "ann", true), T0)).isPresent();

    go(Role.DATABASE, "ravi");
    go(Role.COMMANDER, "ann");

    assertThat(poll.veto()).isEmpty();
    assertThat(poll.passes(T0)).isTrue();
  }

  @Test
  void aNoGoStaysWhateverChanges() {
    poll.cast(ballot(Role.DATABASE, "ravi", false), T0);

    poll.sealed(SEAL.with("image", "c"));
    poll.look(T0.plus(Duration.ofHours(5)));

    assertThat(poll.veto()).isPresent();
  }

  @Test
  void theCommanderCanAlwaysSayNoGo() {
    Ballot noGo = ballot(Role.COMMANDER, "ann", false);

    assertThat(poll.refusal(noGo, T0)).isEmpty();
    poll.cast(noGo, T0);
    assertThat(poll.calledOff()).isPresent();
  }

  @Test
  void aGoOfAnHourAgoDoesNotCount() {
    go(Role.DATABASE, "ravi");
    go(Role.MONITORING, "mei");
    Instant late = T0.plus(Duration.ofMinutes(60));

    assertThat(poll.missing(late.minusMillis(1))).containsExactly(Role.COMMANDER);
    assertThat(poll.refusal(ballot(Role.COMMANDER, "ann", true), late))
        .hasValue("the commander is last: the go of database, monitoring is missing");
    assertThat(poll.look(late))
        .containsExactly(
            "go of database (ravi) is void: older than 1h",
            "go of monitoring (mei) is void: older than 1h");
  }

  @Test
  void anotherImageVoidsEveryGoAndSaysWhy() {
    go(Role.DATABASE, "ravi");

    assertThat(poll.sealed(SEAL.with("image", "c")))
        .containsExactly("go of database (ravi) is void: image changed");
    assertThat(poll.missing(T0)).hasSize(3);
  }

  @Test
  void theSameImageAgainVoidsNothing() {
    go(Role.DATABASE, "ravi");

    assertThat(poll.sealed(SEAL.with("image", "b"))).isEmpty();
    assertThat(poll.missing(T0)).doesNotContain(Role.DATABASE);
  }

  @Test
  void aVoteForWhatWasThereBeforeIsRefusedWithWhatChanged() {
    poll.sealed(SEAL.with("alerts", "x"));
    Ballot old = new Ballot(Role.DATABASE, "ravi", true, "so", false, SEAL.digest());

    assertThat(poll.refusal(old, T0))
        .hasValueSatisfying(why ->
            assertThat(why).startsWith("alerts changed since: look again, the launch is sealed "));
  }

  @Test
  void aLaunchHeldForHalfAnHourKeepsItsVotesAndOneHeldLongerDoesNot() {
    go(Role.DATABASE, "ravi");
    poll.held(T0);

    assertThat(poll.look(T0.plus(Duration.ofMinutes(30)))).isEmpty();
    assertThat(poll.refusal(ballot(Role.MONITORING, "mei", true), T0.plus(Duration.ofMinutes(31))))
        .hasValue("the launch is held for longer than 30m: resume it, then vote");
    assertThat(poll.resumed(T0.plus(Duration.ofMinutes(31))))
        .containsExactly("go of database (ravi) is void: held for longer than 30m");
  }

  @Test
  void nothingPassesWhileTheLaunchIsHeld() {
    go(Role.DATABASE, "ravi");
    go(Role.MONITORING, "mei");
    poll.held(T0);
    go(Role.COMMANDER, "ann");

    assertThat(poll.passes(T0)).isFalse();
    poll.resumed(T0.plusSeconds(5));
    assertThat(poll.passes(T0.plusSeconds(5))).isTrue();
  }

  @Test
  void aGoByALoanCountsUntilTheLoanEndsAndNotAMomentLonger() {
    Instant end = T0.plusSeconds(90);
    poll.cast(lent(Role.DATABASE, "bob", end), T0);

    assertThat(poll.nextLook()).hasValue(end);
    assertThat(poll.missing(end.minusMillis(1))).doesNotContain(Role.DATABASE);
    assertThat(poll.missing(end)).contains(Role.DATABASE);
    assertThat(poll.look(end))
        .containsExactly("go of database (bob for ravi) is void: the loan has ended");
  }

  @Test
  void aGoByALoanThatLastsForLongerWearsOffAsEveryGo() {
    poll.cast(lent(Role.DATABASE, "bob", T0.plus(Duration.ofHours(4))), T0);

    assertThat(poll.look(T0.plus(Duration.ofMinutes(60))))
        .containsExactly("go of database (bob for ravi) is void: older than 1h");
  }

  @Test
  void anotherEndOfTheLoanIsTheEndOfItsGo() {
    poll.cast(lent(Role.DATABASE, "bob", T0.plus(Duration.ofMinutes(20))), T0);
    poll.lentAgain(Role.DATABASE, "bob", "for ravi", T0.plusSeconds(30));
    poll.lentAgain(Role.DATABASE, "somebody else", "for ravi", T0.plusSeconds(5));

    assertThat(poll.nextLook()).hasValue(T0.plusSeconds(30));
  }

  @Test
  void inALaunchOfBeforeAGoByALoanDoesNotEndWithIt() {
    Poll before = new Poll(List.of(Role.DATABASE), Voting.BEFORE, "ann", SEAL);
    before.cast(lent(Role.DATABASE, "bob", T0.plusSeconds(90)), T0);

    assertThat(before.nextLook()).hasValue(T0.plus(Duration.ofMinutes(60)));
    assertThat(before.look(T0.plusSeconds(91))).isEmpty();
  }

  @Test
  void votingThatWasWrittenBeforeLoansEndedReadsAsBefore() throws JsonProcessingException {
    String old =
        "{\"others\":1,\"roleSharing\":false,\"voteLife\":\"PT1H\",\"heldVoids\":\"PT30M\"}";

    assertThat(Payloads.mapper().readValue(old, Voting.class)).isEqualTo(Voting.BEFORE);
  }

  @Test
  void theCommandersGoFallsWithTheVoteThatItRestedOn() {
    go(Role.DATABASE, "ravi");
    go(Role.MONITORING, "mei");
    poll.held(T0);
    go(Role.COMMANDER, "ann");

    assertThat(poll.cast(ballot(Role.DATABASE, "ravi", false), T0))
        .containsExactly(
            "before it was: go of database (ravi)",
            "go of commander (ann) is void: it rested on a vote that has changed");
  }

  private void go(Role role, String who) {
    Ballot ballot = ballot(role, who, true);
    assertThat(poll.refusal(ballot, T0)).isEmpty();
    poll.cast(ballot, T0);
  }

  private static Ballot lent(Role role, String who, Instant until) {
    return new Ballot(role, who, true, "so", false, null, "for ravi", until);
  }

  private static Ballot ballot(Role role, String who, boolean go) {
    return new Ballot(role, who, go, "so", false, null);
  }
}
