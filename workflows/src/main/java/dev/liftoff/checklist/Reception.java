package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import dev.liftoff.Waits;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Texts;
import dev.liftoff.people.Caller;
import dev.liftoff.people.Patience;
import dev.liftoff.people.Policy;
import dev.liftoff.people.Refused;
import dev.liftoff.people.SignedText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way into the list. Who it is from can take a moment to find out, and the list
 * goes on meanwhile.
 */
final class Reception {
  private final LaunchId launch;
  private final Register register;
  private final Callers callers;
  private final Refused refused = new Refused();

  Reception(LaunchId launch, Register register, Callers callers) {
    this.launch = launch;
    this.register = register;
    this.callers = callers;
  }

  /** The message is of somebody who is not verified, which stands in the log by now. */
  private static final class NotVerified extends IllegalArgumentException {
    NotVerified(String sentence) {
      super(sentence);
    }
  }

  Optional<String> refusal(Edits edits) {
    if (edits.edits().isEmpty()) {
      return Optional.of("edits is missing: " + ChecklistWorkflow.EDITS);
    }
    if (edits.edits().size() > Edits.MOST) {
      return Optional.of(
          "edits must not be more than " + Edits.MOST + " at once: send the rest after");
    }
    return refusal(edits.launch(), edits.who(), edits.role())
        .or(() ->
            callers.unproven(
                Policy.CHECKLIST, edits.proof(), proof -> SignedText.of(launch, edits, proof)));
  }

  Optional<String> refusalToSignOff(Order order) {
    return refusalToExamine(order)
        .or(() ->
            callers.unproven(
                Policy.SIGN_OFF,
                order.proof(),
                proof -> SignedText.of(launch, "signOff", order, proof)));
  }

  /** To look does no harm: nobody has to prove anything. */
  Optional<String> refusalToExamine(Order order) {
    return refusal(order.launch(), order.who(), order.role());
  }

  /** Throws an {@link IllegalArgumentException} with the sentence when it is refused as a whole. */
  List<Answer> apply(Edits edits) {
    Proof proof = edits.proof();
    String text = proof == null ? "" : SignedText.of(launch, edits, proof);
    Person by =
        person(
            Policy.CHECKLIST,
            callers.of(edits.who(), edits.role(), proof, text),
            edits.role(),
            proof);
    Instant now = Waits.now();
    return edits.edits().stream().map(edit -> register.apply(edit, by, now)).toList();
  }

  /** What is wrong with a signal can only be told in the log. */
  void applyOrShow(Edits edits) {
    Optional<String> refusal = refusal(edits);
    if (refusal.isPresent()) {
      show(edits.who(), refusal.get());
      return;
    }
    try {
      apply(edits).stream()
          .filter(answer -> !answer.accepted())
          .forEach(answer -> show(edits.who(), answer.message()));
    } catch (NotVerified _) {
      // Nobody waits for an answer.
    }
  }

  /** Throws an {@link IllegalArgumentException} with the sentence when it is refused. */
  List<Answer> signOff(Order order) {
    Proof proof = order.proof();
    String text = proof == null ? "" : SignedText.of(launch, "signOff", order, proof);
    Person by =
        person(
            Policy.SIGN_OFF,
            callers.of(order.who(), order.role(), proof, text),
            order.role(),
            proof);
    SignOff signed =
        register.signOff(by, order.reason() == null ? "" : order.reason(), Waits.now());
    return List.of(new Answer("", true, signed.sentence(Waits.now())));
  }

  void signOffOrShow(Order order) {
    Optional<String> refusal = refusalToSignOff(order);
    if (refusal.isPresent()) {
      show(order.who(), refusal.get());
      return;
    }
    try {
      signOff(order);
    } catch (NotVerified _) {
      // Nobody waits for an answer.
    } catch (IllegalArgumentException wrong) {
      show(order.who(), String.valueOf(wrong.getMessage()));
    }
  }

  void show(@Nullable String who, String why) {
    Instant now = Waits.now();
    Patience patience = callers.patience();
    switch (refused.next(patience, now)) {
      case TOLD -> register.refused(who == null ? "somebody" : Texts.cut(who, 64), why, now);
      case LAST ->
          register.refused(
              "liftoff", "more than %s: further ones are not told".formatted(patience), now);
      case COUNTED -> {}
    }
  }

  private Person person(String what, Caller caller, @Nullable String role, @Nullable Proof proof) {
    Optional<String> refusal = callers.refusal(what, caller);
    if (refusal.isPresent()) {
      show(caller.person(), refusal.get());
      throw new NotVerified(refusal.get());
    }
    String key = caller.trusted() && proof != null ? proof.id() : null;
    return new Person(caller.person(), Role.of(String.valueOf(role)), key, callers.remark(caller));
  }

  private Optional<String> refusal(
      @Nullable String meant, @Nullable String who, @Nullable String role) {
    if (meant != null && !meant.equals(launch.toString())) {
      return Optional.of("this is the list of " + launch + ", not of " + meant);
    }
    if (who == null || role == null) {
      return Optional.of((who == null ? "who" : "role") + " is missing");
    }
    try {
      Role.of(role);
    } catch (IllegalArgumentException unknown) {
      return Optional.of("role " + unknown.getMessage());
    }
    return register.isListed()
        ? Optional.empty()
        : Optional.of("the list is not there yet: try again in a moment");
  }
}
