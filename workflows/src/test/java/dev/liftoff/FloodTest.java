package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Patience;
import dev.liftoff.status.LaunchStatus.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody can do who may write to the namespace and has no token. */
class FloodTest {
  private static final int MOST = Patience.STANDARD.most();
  private static final String VERIFY = "IdentityVerify";

  @RegisterExtension final LaunchPad pad = new LaunchPad();
  private final Signer ann = new Signer("ann", Role.COMMANDER);
  private final Signer eve = new Signer("eve", Role.COMMANDER);

  @Test
  void fiveThousandGarbageSignalsCostTwentyLooksAndARealRollbackIsTakenAfterThem() {
    int garbage = 5_000;
    pad.identity.acceptsUnverified().knows(ann.person());
    pad.start(Plans.with(plan -> {}));
    pad.await(State.SOAKING);
    long before = pad.deeds();

    LaunchId launch = pad.status().launch();
    for (int i = 0; i < garbage; i++) {
      pad.running().signal("rollback", eve.signed(launch, "rollback", by("ann"), "n" + i));
    }
    LaunchPad.until("all are refused", () -> pad.status().people().dropped() >= garbage - MOST);

    assertThat(pad.turnstile.times(VERIFY)).isEqualTo(MOST);
    assertThat(pad.deeds() - before - garbage).isLessThan(4L * MOST);
    assertThat(pad.timeline().stream().filter(line -> line.startsWith("REFUSED")))
        .hasSize(MOST + 1);
    assertThat(pad.timeline())
        .contains(
            "REFUSED liftoff: signals were refused, 20 in 10m: further ones are refused and only counted");
    assertThat(pad.status().people().remarks(pad.clock()))
        .containsExactly("4980 more signals were refused; there are too many to tell each");

    pad.running().signal("rollback", ann.signed(pad, "rollback", by("ann"), "real"));

    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
    assertThat(pad.timeline()).contains("COMMAND ann: rollback: because [verified]");
  }

  @Test
  void anUpdateWithTheSignatureOfAnotherIsRefusedWithoutATraceInTheHistory() {
    pad.identity.acceptsUnverified().knows(ann.person());
    pad.start(Plans.with(plan -> {}));
    pad.await(State.SOAKING);
    long before = pad.deeds();

    Command forged =
        by("ann").by(ann.proof("1").signed(eve.signature("liftoff/1 whatever she likes")));

    assertThat(pad.refusal("rollback", forged))
        .isEqualTo(
            "rollback is taken from verified callers only: the signature does not fit the message");
    assertThat(pad.turnstile.times(VERIFY)).isZero();
    assertThat(pad.deeds()).isEqualTo(before);
  }

  @Test
  void keysThatNobodyIsKnownByAreLookedAtTwentyTimesAndAgainAfterTenMinutes() {
    pad.identity.acceptsUnverified().knows(ann.person());
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    for (int i = 0; i < MOST; i++) {
      assertThat(pad.refusal("note", eve.signed(pad, "note", by("eve"), "m" + i)))
          .endsWith("eve is not known");
    }

    assertThat(pad.refusal("note", eve.signed(pad, "note", by("eve"), "x")))
        .endsWith("it is not looked at: of such proofs 20 in 10m did not hold");
    assertThat(pad.turnstile.times(VERIFY)).isEqualTo(MOST);

    pad.sleep(Duration.ofSeconds(613));
    pad.identity.knows(eve.person());
    pad.update("note", eve.signed(pad, "note", by("eve"), "y"));
    assertThat(pad.timeline()).contains("NOTE eve: because [verified]");
  }

  @Test
  void whoWasAddedAfterTheLaunchBeganIsAskedAbout() {
    pad.identity.acceptsUnverified().knows(ann.person());
    pad.start(Plans.withGate(Milestone.MIGRATE));
    pad.awaitGate(Milestone.MIGRATE);
    pad.identity.knows(eve.person());

    for (int i = 0; i < MOST + 5; i++) {
      pad.update("note", eve.signed(pad, "note", by("eve"), "n" + i));
    }

    assertThat(pad.timeline()).contains("NOTE eve: because [verified]");
  }

  @Test
  void aHoldThatNeedsNoProofHoldsWhateverItsProofIs() {
    pad.identity.acceptsUnverified("hold").knows(ann.person());
    pad.start(Plans.with(plan -> {}));
    pad.await(State.SOAKING);
    for (int i = 0; i < MOST + 3; i++) {
      pad.running().signal("note", eve.signed(pad, "note", by("eve"), "n" + i));
    }
    LaunchPad.until("refused", () -> pad.status().people().dropped() > 0);

    pad.update("hold", eve.signed(pad, "hold", by("eve"), "h"));

    assertThat(pad.status().state()).isEqualTo(State.HELD);
    assertThat(pad.turnstile.times(VERIFY)).isEqualTo(MOST);
  }

  private static Command by(String who) {
    return new Command(null, who, "commander", "because", null);
  }
}
