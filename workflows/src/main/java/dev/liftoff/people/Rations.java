package dev.liftoff.people;

import dev.liftoff.gate.Proof;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How often proofs are looked at that do not hold. A key that is known has a ration of its own,
 * which only its owner can use up: other signatures do not come so far. All others share one. Knows
 * no clock.
 */
public final class Rations {
  private static final String STRANGERS = "";

  private final Map<String, Ration> looks = new TreeMap<>();

  /** Why nobody looks at this proof now. */
  public Optional<String> refusal(Policy policy, Proof proof, Instant now) {
    Patience patience = policy.patience();
    Ration ration = looks.get(bucket(policy, proof));
    return patience != null && ration != null && ration.isSpent(patience, now)
        ? Optional.of("it is not looked at: of such proofs %s did not hold".formatted(patience))
        : Optional.empty();
  }

  /** Counts until it holds: many can arrive before the first is answered. */
  public void look(Policy policy, Proof proof, Instant now) {
    Patience patience = policy.patience();
    if (patience != null) {
      ration(policy, proof).take(patience, now);
    }
  }

  /** What was looked at since then does not count. */
  public void holds(Policy policy, Proof proof, Instant since) {
    ration(policy, proof).giveBack(since);
  }

  private Ration ration(Policy policy, Proof proof) {
    return looks.computeIfAbsent(bucket(policy, proof), _ -> new Ration());
  }

  private static String bucket(Policy policy, Proof proof) {
    return policy.knows(proof) ? String.valueOf(proof.id()) : STRANGERS;
  }
}
