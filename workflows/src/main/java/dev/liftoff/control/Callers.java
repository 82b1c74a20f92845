package dev.liftoff.control;

import static dev.liftoff.Refusals.when;

import dev.liftoff.Revision;
import dev.liftoff.Stubs;
import dev.liftoff.Verb;
import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Proof;
import dev.liftoff.people.Caller;
import dev.liftoff.people.Claim;
import dev.liftoff.people.Inquiry;
import dev.liftoff.people.Loan;
import dev.liftoff.people.Policy;
import dev.liftoff.people.SignedText;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who may do what in this launch, and who a message is from. */
public final class Callers {
  private static final String LATER = "the proof is looked at next";

  private final Board board;
  private final Flood flood;
  private final Set<String> nonces = new HashSet<>();
  private Policy policy = Policy.OPEN;
  private boolean asked;
  private boolean begun;

  Callers(Board board) {
    this.board = board;
    flood = new Flood(board);
  }

  /** A launch that began before there was a policy goes on without. */
  public void begin() {
    begun = true;
    asked = Revision.PEOPLE.isOn();
    look();
  }

  /** The settings may have changed since. */
  void look() {
    if (asked) {
      policy = Stubs.policy().policy(board.id());
      board.people.warn(policy.warning());
    }
  }

  /** A signal that is refused. */
  void refused(@Nullable String who, String what, String why) {
    flood.tell(policy, who, what, why);
  }

  /** Before this nobody knows who may do what. */
  boolean hasBegun() {
    return begun;
  }

  Policy policy() {
    return policy;
  }

  /** Before anything is waited for. */
  Optional<String> unproven(Verb verb, Command command) {
    return unproven(
        verb.toString(),
        command.proof(),
        proof -> SignedText.of(board.id(), verb.toString(), command, proof));
  }

  /** Before anything is waited for. */
  Optional<String> unproven(Decision decision) {
    return unproven(
        String.valueOf(decision.gate()),
        decision.proof(),
        proof -> SignedText.of(board.id(), decision, proof));
  }

  /** After the caller is known, when only a verified one will do. */
  Optional<String> refusal(String what, Caller caller) {
    return policy.refusal(what, caller);
  }

  /**
   * Whether the effect must not wait for a proof: it makes the launch safer, and is taken from
   * anybody.
   */
  boolean isAtOnce(Verb verb) {
    boolean safer = verb == Verb.HOLD || verb == Verb.ROLLBACK || verb == Verb.SCRUB;
    return safer && policy.acceptsUnverified(verb.toString());
  }

  /** Waits for the answer when there is a proof to look at. */
  Caller of(Decision decision) {
    Proof proof = decision.proof();
    String who = String.valueOf(decision.who());
    Loan loan = board.people.loans().of(who, decision.role(), Waits.now());
    return proof == null
        ? Caller.unverified(who, Caller.NO_PROOF).by(loan)
        : verified(who, decision.role(), SignedText.of(board.id(), decision, proof), proof, loan);
  }

  /** Waits for the answer when there is a proof to look at. */
  Caller of(Verb verb, Command command) {
    Proof proof = command.proof();
    String who = String.valueOf(command.who());
    Loan loan = lent(verb, command);
    return proof == null
        ? Caller.unverified(who, Caller.NO_PROOF).by(loan)
        : verified(
            who,
            command.role(),
            SignedText.of(board.id(), verb.toString(), command, proof),
            proof,
            loan);
  }

  /** What is done before it is looked at. */
  Caller unknown(Verb verb, Command command) {
    return Caller.unverified(
            String.valueOf(command.who()), command.proof() == null ? Caller.NO_PROOF : LATER)
        .by(lent(verb, command));
  }

  /** Who lends a role must have it himself. */
  private @Nullable Loan lent(Verb verb, Command command) {
    return verb == Verb.LEND
        ? null
        : board.people.loans().of(command.who(), command.role(), Waits.now());
  }

  /** What was done at once was by somebody; who, is known now. */
  void confirm(Verb verb, Command command) {
    if (command.proof() != null) {
      Caller caller = of(verb, command);
      board.tell(
          Kind.NOTE,
          "liftoff",
          "%s by %s: %s"
              .formatted(
                  verb,
                  caller.person(),
                  caller.trusted() ? "verified, " + caller.why() : "unverified, " + caller.why()));
    }
  }

  /** To be written behind what somebody said; nothing where everybody knows that nobody is. */
  String remark(Caller caller) {
    return caller.why().equals(LATER) ? "" : policy.remark(caller);
  }

  private Caller verified(
      String who, @Nullable String role, String text, Proof proof, @Nullable Loan loan) {
    if (proof.lacksSomething()) {
      return Caller.unverified(who, "the proof is not complete").by(loan);
    }
    Optional<String> worthless = worthless(proof, text);
    if (worthless.isPresent()) {
      return Caller.unverified(who, worthless.get()).by(loan);
    }
    if (!nonces.add(String.valueOf(proof.nonce()))) {
      return Caller.unverified(who, "this proof was used already: sign it again").by(loan);
    }
    Policy by = policy;
    Instant since = flood.look(by, proof);
    Claim claim = new Claim(who, String.valueOf(role), text, proof, loan);
    Caller caller = Inquiry.ask(board.id(), claim);
    if (caller.trusted()) {
      flood.holds(by, proof, since);
    }
    // Nobody has looked at the loan of somebody who is not verified: it is a claim as he is.
    return caller.trusted() ? caller : caller.by(loan);
  }

  private Optional<String> unproven(
      String what, @Nullable Proof proof, Function<Proof, String> text) {
    if (policy.acceptsUnverified(what)) {
      return Optional.empty();
    }
    if (proof == null) {
      return policy.withoutProof(what);
    }
    return when(
            proof.lacksSomething() || nonces.contains(String.valueOf(proof.nonce())),
            "the proof is not complete, or was used already: sign it again")
        .or(() ->
            worthless(proof, text.apply(proof))
                .map(why -> what + " is taken from verified callers only: " + why));
  }

  /** Known without asking anybody, so that nobody is asked. */
  private Optional<String> worthless(Proof proof, String text) {
    return policy.hopeless(proof, text, Waits.now()).or(() -> flood.refusal(policy, proof));
  }
}
