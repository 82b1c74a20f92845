package dev.liftoff.people;

import dev.liftoff.Milestone;
import dev.liftoff.Verb;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Voting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what in a launch, by the worker's settings.
 *
 * @param may the roles that each verb is for, by its word
 * @param unverified what is taken from a caller who shows no proof: words of verbs and gates,
 *     {@link #CHECKLIST}, {@link #SIGN_OFF}, or {@link #ALL}
 * @param polls the roles that must vote at a gate whatever the plan says, the commander last
 * @param voting how votes count
 * @param warning what everybody must know of the callers, such as that nobody is verified; null
 *     when there is nothing
 * @param keys the public keys of those who can be verified, by their ids, as they were when this
 *     was read; null where they are not known, or too many for a history
 * @param patience how many proofs that do not hold are looked at; null for all of them, as launches
 *     did that began before there was a limit
 * @param twoPersons the words of verbs that two people must say; null for none
 */
public record Policy(
    Map<String, List<Role>> may,
    List<String> unverified,
    Map<Milestone, List<Role>> polls,
    Voting voting,
    @Nullable String warning,
    @Nullable Map<String, String> keys,
    @Nullable Patience patience,
    @Nullable List<String> twoPersons) {

  /** About 40 KB in each reading. */
  private static final int MOST_KEYS = 500;

  /** Clocks of Temporal and of whoever looks at proofs may differ by so much. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  public static final String ALL = "all";

  /** What is said of an item of the checklist, as a word of {@link #unverified}. */
  public static final String CHECKLIST = "checklist";

  /** That the checklist is signed off, as a word of {@link #unverified}. */
  public static final String SIGN_OFF = "sign-off";

  /** What every launch did before there was a policy: the role at a gate, and nothing else. */
  public static final Policy OPEN =
      new Policy(Map.of(), List.of(ALL), Map.of(), Voting.BEFORE, null);

  public Policy {
    may = new TreeMap<>(may);
    unverified = List.copyOf(unverified);
    polls = new TreeMap<>(polls);
    keys = keys == null || keys.size() > MOST_KEYS ? null : new TreeMap<>(keys);
    twoPersons = twoPersons == null ? List.of() : List.copyOf(twoPersons);
  }

  public Policy(
      Map<String, List<Role>> may,
      List<String> unverified,
      Map<Milestone, List<Role>> polls,
      Voting voting,
      @Nullable String warning) {
    this(may, unverified, polls, voting, warning, null, null, null);
  }

  /** The table of the product, everybody as verified as the words say, and no poll. */
  public static Policy standard(List<String> unverified, @Nullable String warning) {
    return new Policy(
        StandardTable.all(),
        unverified,
        Map.of(),
        Voting.STANDARD,
        warning,
        null,
        Patience.STANDARD,
        null);
  }

  /** The same with these polls. */
  public Policy polling(Map<Milestone, List<Role>> required) {
    return new Policy(may, unverified, required, voting, warning, keys, patience, twoPersons);
  }

  /** The same where these public keys are known, by their ids; null where none can be. */
  public Policy knowing(@Nullable Map<String, String> known) {
    return new Policy(may, unverified, polls, voting, warning, known, patience, twoPersons);
  }

  /**
   * Why it is not worth to ask whose proof this is: the signature is not of the key that it names,
   * or it is long over. Empty where only asking can tell: who was revoked, or added after this was
   * read.
   *
   * @param text what must have been signed
   */
  public Optional<String> hopeless(Proof proof, String text, Instant now) {
    String key = keys == null ? null : keys.get(String.valueOf(proof.id()));
    if (key == null) {
      return Optional.empty();
    }
    if (!Signatures.fits(key, text, String.valueOf(proof.signature()))) {
      return Optional.of("the signature does not fit the message");
    }
    return proof.isOver(now.minus(SKEW))
        ? Optional.of("the proof was good until %s: sign it again".formatted(proof.expires()))
        : Optional.empty();
  }

  /** Whether somebody has this key; false also where nobody's is known. */
  public boolean knows(Proof proof) {
    return keys != null && keys.containsKey(String.valueOf(proof.id()));
  }

  /** Why somebody with this role may not; a verb that the table lacks is for everybody. */
  public Optional<String> refusal(Verb verb, String role) {
    List<Role> roles = allowed(verb);
    return roles.isEmpty() || roles.stream().anyMatch(allowed -> allowed.word().equals(role))
        ? Optional.empty()
        : Optional.of("%s is for %s, not for %s".formatted(verb, listed(roles), role));
  }

  /** Whether it is done only when a second person says it, too. */
  public boolean needsTwo(Verb verb) {
    return twoPersons != null && twoPersons.contains(verb.toString());
  }

  /** Who may be the second person: one of the two is somebody whom the verb is for. */
  public List<Role> second(Verb verb, Role first) {
    List<Role> roles = may.getOrDefault(verb.toString(), List.of());
    return roles.isEmpty() || roles.contains(first) ? allowed(verb) : roles;
  }

  /** Two persons are those whom it is for and the CTO: there may be one commander only. */
  private List<Role> allowed(Verb verb) {
    List<Role> roles = may.getOrDefault(verb.toString(), List.of());
    if (!needsTwo(verb)) {
      return roles;
    }
    return roles.isEmpty()
        ? List.of(Role.values())
        : Stream.concat(roles.stream(), Stream.of(Role.CTO)).distinct().toList();
  }

  /** The same where these verbs need two people. */
  public Policy twoPersons(List<String> verbs) {
    return new Policy(may, unverified, polls, voting, warning, keys, patience, verbs);
  }

  public boolean acceptsUnverified(String what) {
    return unverified.contains(ALL) || unverified.contains(what);
  }

  /** Why this is not taken from somebody who shows no proof. */
  public Optional<String> withoutProof(String what) {
    return acceptsUnverified(what)
        ? Optional.empty()
        : Optional.of(
            "%s is taken from verified callers only: sign it (liftoff login), or do what unverified callers may: %s"
                .formatted(what, unverified.isEmpty() ? "nothing" : String.join(", ", unverified)));
  }

  /** Why this is not taken from this caller, whose proof was looked at. */
  public Optional<String> refusal(String what, Caller caller) {
    return caller.trusted() || acceptsUnverified(what)
        ? Optional.empty()
        : Optional.of("%s is taken from verified callers only: %s".formatted(what, caller.why()));
  }

  /** To be written behind what somebody said; nothing where everybody knows that nobody is. */
  public String remark(Caller caller) {
    if (caller.trusted()) {
      return " [verified]";
    }
    boolean usual = unverified.contains(ALL) && caller.why().equals(Caller.NO_PROOF);
    return usual ? "" : " [unverified: " + caller.why() + "]";
  }

  public List<Role> poll(Milestone gate) {
    return polls.getOrDefault(gate, List.of());
  }

  private static String listed(List<Role> roles) {
    return roles.stream().sorted().map(Role::word).collect(Collectors.joining(", "));
  }
}
