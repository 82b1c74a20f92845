package dev.liftoff.people;

import dev.liftoff.Milestone;
import dev.liftoff.Verb;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Voting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
 */
public record Policy(
    Map<String, List<Role>> may,
    List<String> unverified,
    Map<Milestone, List<Role>> polls,
    Voting voting,
    @Nullable String warning) {

  public static final String ALL = "all";

  /** What is said of an item of the checklist, as a word of {@link #unverified}. */
  public static final String CHECKLIST = "checklist";

  /** That the checklist is signed off, as a word of {@link #unverified}. */
  public static final String SIGN_OFF = "sign-off";

  /** What every launch did before there was a policy: the role at a gate, and nothing else. */
  public static final Policy OPEN =
      new Policy(Map.of(), List.of(ALL), Map.of(), Voting.STANDARD, null);

  public Policy {
    may = new TreeMap<>(may);
    unverified = List.copyOf(unverified);
    polls = new TreeMap<>(polls);
  }

  /** The table of the product, everybody as verified as the words say, and no poll. */
  public static Policy standard(List<String> unverified, @Nullable String warning) {
    return new Policy(StandardTable.all(), unverified, Map.of(), Voting.STANDARD, warning);
  }

  /** The same with these polls. */
  public Policy polling(Map<Milestone, List<Role>> required) {
    return new Policy(may, unverified, required, voting, warning);
  }

  /** Why somebody with this role may not; a verb that the table lacks is for everybody. */
  public Optional<String> refusal(Verb verb, String role) {
    List<Role> roles = may.getOrDefault(verb.toString(), List.of());
    return roles.isEmpty() || roles.stream().anyMatch(allowed -> allowed.word().equals(role))
        ? Optional.empty()
        : Optional.of("%s is for %s, not for %s".formatted(verb, listed(roles), role));
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
