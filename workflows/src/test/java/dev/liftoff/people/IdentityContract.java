package dev.liftoff.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every way to know somebody does. */
public abstract class IdentityContract {
  protected static final LaunchId LAUNCH = new LaunchId("shop", "test", "v2", "1");
  private static final Instant END = Instant.parse("2026-11-20T18:00:00Z");
  private static final LaunchId YESTERDAY = new LaunchId("shop", "test", "v2", "0");

  protected abstract Identity identity();

  protected abstract void knows(String name, Role... roles);

  protected abstract void revoke(String name);

  /** Of this person, not signed yet. */
  protected abstract Proof proof(String name);

  protected abstract String signature(String name, String text);

  @Test
  void whoSignedItIsVerified() {
    knows("ann", Role.COMMANDER, Role.ON_CALL);

    Caller caller = identity().verify(LAUNCH, claim("ann", "on-call", decision("go")));

    assertThat(caller.trusted()).as(caller.why()).isTrue();
    assertThat(caller.person()).isEqualTo("ann");
    assertThat(caller.roles()).containsExactly(Role.COMMANDER, Role.ON_CALL);
  }

  @Test
  void aSignatureIsOfOneMessageOnly() {
    knows("ann", Role.COMMANDER);
    Claim noGo = claim("ann", "commander", decision("no-go"));
    Claim go = claim("ann", "commander", decision("go"));

    Caller caller =
        identity().verify(LAUNCH, new Claim("ann", "commander", go.text(), noGo.proof()));

    assertThat(caller.trusted()).isFalse();
    assertThat(caller.why()).isEqualTo("the signature does not fit the message");
  }

  @Test
  void aSignatureIsForOneLaunchOnly() {
    knows("ann", Role.COMMANDER);
    Claim today = claim("ann", "commander", decision("go"));
    String yesterday = SignedText.of(YESTERDAY, decision("go"), today.proof());

    assertThat(
            identity()
                .verify(YESTERDAY, new Claim("ann", "commander", yesterday, today.proof()))
                .trusted())
        .isFalse();
  }

  @Test
  void nobodyHasARoleThatIsNotHis() {
    knows("ann", Role.COMMANDER);

    Caller caller = identity().verify(LAUNCH, claim("ann", "database", decision("go")));

    assertThat(caller.trusted()).isFalse();
    assertThat(caller.why()).contains("commander").contains("not database");
  }

  @Test
  void whoIsRevokedIsUnknownAtTheNextMessage() {
    knows("ann", Role.COMMANDER);
    Claim claim = claim("ann", "commander", decision("go"));
    Identity before = identity();
    assertThat(before.verify(LAUNCH, claim).trusted()).isTrue();

    revoke("ann");

    assertThat(before.verify(LAUNCH, claim).trusted()).isFalse();
  }

  @Test
  void garbageIsAnAnswerAndNoException() {
    knows("ann", Role.COMMANDER);
    Proof garbage = new Proof("?", "?", "?", "?", "?", "?", "*");

    assertThat(identity().verify(LAUNCH, new Claim("ann", "king", "", garbage)).trusted())
        .isFalse();
  }

  @Test
  void aLentRoleCountsAsLongAsWhoeverLentItHasIt() {
    knows("ann", Role.COMMANDER);
    knows("bob", Role.DATABASE);
    Loan loan = new Loan(Role.COMMANDER, "ann", proof("ann").id(), "bob", END);

    Caller caller = identity().verify(LAUNCH, lent("bob", loan));
    assertThat(caller.trusted()).as(caller.why()).isTrue();
    assertThat(caller.loan()).isEqualTo(loan);

    revoke("ann");
    assertThat(identity().verify(LAUNCH, lent("bob", loan)).trusted()).isFalse();
  }

  @Test
  void nobodyLendsWhatIsNotHis() {
    knows("ann", Role.MONITORING);
    knows("bob", Role.DATABASE);
    Loan loan = new Loan(Role.COMMANDER, "ann", proof("ann").id(), "bob", END);

    assertThat(identity().verify(LAUNCH, lent("bob", loan)).trusted()).isFalse();
  }

  @Test
  void whoActsInHisOwnRoleNeedsNoLoan() {
    knows("ann", Role.COMMANDER);
    knows("bob", Role.COMMANDER);
    Loan loan = new Loan(Role.COMMANDER, "ann", proof("ann").id(), "bob", END);

    assertThat(identity().verify(LAUNCH, lent("bob", loan)).loan()).isNull();
  }

  private Claim lent(String name, Loan loan) {
    Claim claim = claim(name, "commander", decision("go"));
    return new Claim(name, "commander", claim.text(), claim.proof(), loan);
  }

  private static Decision decision(String answer) {
    return new Decision(LAUNCH.toString(), "migrate", answer, "ann", "commander", "seen");
  }

  private Claim claim(String name, String role, Decision decision) {
    Proof proof = proof(name);
    String text = SignedText.of(LAUNCH, decision, proof);
    return new Claim(name, role, text, proof.signed(signature(name, text)));
  }
}
