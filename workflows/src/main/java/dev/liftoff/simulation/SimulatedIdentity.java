package dev.liftoff.simulation;

import dev.liftoff.LaunchId;
import dev.liftoff.Milestone;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Seal;
import dev.liftoff.people.Caller;
import dev.liftoff.people.Claim;
import dev.liftoff.people.Identity;
import dev.liftoff.people.Loan;
import dev.liftoff.people.Person;
import dev.liftoff.people.Policy;
import dev.liftoff.people.Signatures;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * People whose signature is {@link #signature} of the text, which is no secret. Nobody is known at
 * first, everybody is taken as unverified, and no gate needs a poll.
 */
public final class SimulatedIdentity implements Identity {
  private final Map<String, List<Role>> people = new ConcurrentHashMap<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private volatile Policy policy = Policy.standard(List.of(Policy.ALL), null);

  /** From now on this person can be verified. */
  public SimulatedIdentity knows(String person, Role... roles) {
    people.put(person, List.of(roles));
    return this;
  }

  /** From now on this person can be verified by a key, as launches can see by themselves. */
  public SimulatedIdentity knows(Person person) {
    keys.put(person.id(), person.key());
    policy = policy.knowing(keys);
    return knows(person.name(), person.roles().toArray(Role[]::new));
  }

  public void revoke(String person) {
    people.remove(person);
  }

  /** From now on only these are taken without a proof. */
  public SimulatedIdentity acceptsUnverified(String... verbsAndGates) {
    policy =
        Policy.standard(List.of(verbsAndGates), policy.warning())
            .polling(policy.polls())
            .knowing(policy.keys());
    return this;
  }

  /** From now on this gate is a poll, whatever the plan says. */
  public SimulatedIdentity polls(Milestone gate, Role... required) {
    policy = policy.polling(Map.of(gate, List.of(required)));
    return this;
  }

  /** From now on these verbs need two people. */
  public SimulatedIdentity twoPersons(String... verbs) {
    policy = policy.twoPersons(List.of(verbs));
    return this;
  }

  /** From now on everybody is told this of those who speak. */
  public SimulatedIdentity warns(String sentence) {
    policy = Policy.standard(policy.unverified(), sentence).polling(policy.polls());
    return this;
  }

  public static String signature(String text) {
    return "signed " + Seal.digest(text);
  }

  @Override
  public Policy policy(LaunchId launch) {
    return policy;
  }

  @Override
  public Caller verify(LaunchId launch, Claim claim) {
    List<Role> roles = people.get(claim.who());
    if (roles == null) {
      return Caller.unverified(claim.who(), claim.who() + " is not known");
    }
    boolean own = roles.stream().anyMatch(role -> role.word().equals(claim.role()));
    if (!own && !isLent(claim.loan())) {
      return Caller.unverified(
          claim.who(), "%s is %s, not %s".formatted(claim.who(), roles, claim.role()));
    }
    String key = keys.get(String.valueOf(claim.proof().id()));
    String shown = String.valueOf(claim.proof().signature());
    boolean fits =
        key == null
            ? signature(claim.text()).equals(shown)
            : Signatures.fits(key, claim.text(), shown);
    return fits
        ? Caller.verified(claim.who(), roles, "simulated").by(own ? null : claim.loan())
        : Caller.unverified(claim.who(), "the signature does not fit the message");
  }

  private boolean isLent(@Nullable Loan loan) {
    return loan != null
        && loan.key() != null
        && people.getOrDefault(loan.from(), List.of()).contains(loan.role());
  }
}
