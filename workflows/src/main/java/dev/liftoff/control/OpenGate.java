package dev.liftoff.control;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.missing;
import static dev.liftoff.Refusals.person;
import static dev.liftoff.Refusals.when;

import dev.liftoff.Milestone;
import dev.liftoff.Waits;
import dev.liftoff.gate.Ballot;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.GateRules;
import dev.liftoff.gate.Poll;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Caller;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gate that is open now, if any, and what was decided at those before. */
final class OpenGate {
  private static final Caller UNKNOWN = Caller.unverified("", Caller.NO_PROOF);

  private final Map<Milestone, String> decided = new EnumMap<>(Milestone.class);
  private @Nullable Milestone gate;
  private @Nullable GateRules rules;
  private @Nullable Poll poll;
  private @Nullable Boolean go;
  private String by = "";

  void open(Milestone milestone, GateRules gateRules) {
    gate = milestone;
    rules = gateRules;
    poll = null;
    go = null;
  }

  void open(Milestone milestone, GateRules gateRules, Poll opened) {
    open(milestone, gateRules);
    poll = opened;
  }

  /** Empty where one person decides. */
  Optional<Poll> poll() {
    return Optional.ofNullable(poll);
  }

  /** Everybody who must says go. */
  void pass() {
    if (gate != null) {
      decided.put(gate, "go by poll");
    }
    go = true;
    gate = null;
    poll = null;
  }

  boolean isOpen() {
    return gate != null;
  }

  boolean isAnswered() {
    return go != null;
  }

  boolean isGo() {
    return Boolean.TRUE.equals(go);
  }

  /** The review that asks now; null when none does. */
  @Nullable Milestone review() {
    return gate == Milestone.REVIEW_24H || gate == Milestone.REVIEW_48H ? gate : null;
  }

  /** It asks again later. */
  void close() {
    gate = null;
    poll = null;
  }

  /** Who answered, as what, and why. */
  String by() {
    return by;
  }

  /** After {@link #refusal} found nothing. Answers what else this changes. */
  List<String> answer(Decision decision, Caller caller) {
    Poll voting = poll;
    if (voting == null) {
      decide(decision, caller);
      return List.of();
    }
    List<String> lines = voting.cast(ballot(decision, caller), Waits.now());
    if (voting.calledOff().isPresent()) {
      decide(decision, caller);
    }
    return lines;
  }

  private void decide(Decision decision, Caller caller) {
    go = "go".equals(decision.answer());
    by = decision.who() + " (" + caller.as(decision.role()) + "): " + decision.reason();
    if (gate != null) {
      decided.put(gate, decision.answer() + " by " + decision.who());
    }
    gate = null;
    poll = null;
  }

  Optional<String> refusal(Decision decision) {
    return firstOf(
        missing("gate", decision.gate()),
        closed(String.valueOf(decision.gate())),
        missing("answer", decision.answer()),
        when(
            !"go".equals(decision.answer()) && !"no-go".equals(decision.answer()),
            "answer must be go or no-go, was '" + decision.answer() + "'"),
        person(decision.who(), decision.role()),
        notYours(decision.role()),
        missing("reason", decision.reason()),
        vote(decision));
  }

  private Optional<String> vote(Decision decision) {
    return poll().flatMap(open -> open.refusal(ballot(decision, UNKNOWN), Waits.now()));
  }

  private static Ballot ballot(Decision decision, Caller caller) {
    return new Ballot(
        Role.of(String.valueOf(decision.role())),
        String.valueOf(decision.who()),
        "go".equals(decision.answer()),
        String.valueOf(decision.reason()),
        caller.trusted(),
        decision.seal(),
        caller.loan() == null ? null : caller.loan().remark(),
        caller.loan() == null ? null : caller.loan().until());
  }

  String openNow() {
    return gate == null ? "no gate is open" : "open is " + gate;
  }

  private Optional<String> closed(String name) {
    Milestone named;
    try {
      named = Milestone.of(name);
    } catch (IllegalArgumentException unknown) {
      return Optional.of("there is no gate '" + name + "'; " + openNow());
    }
    String earlier = decided.get(named);
    return earlier != null
        ? Optional.of("gate " + named + " is decided already: " + earlier)
        : when(named != gate, "gate " + named + " is not open; " + openNow());
  }

  Optional<String> notYours(@Nullable String role) {
    if (poll != null) {
      return Optional.empty();
    }
    List<Role> may = rules == null ? List.of() : rules.roles().stream().sorted().toList();
    return when(
        role != null && may.stream().noneMatch(allowed -> allowed.word().equals(role)),
        "gate " + gate + " is decided by " + may + ", not by " + role);
  }
}
