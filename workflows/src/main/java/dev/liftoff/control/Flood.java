package dev.liftoff.control;

import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.gate.Proof;
import dev.liftoff.people.Patience;
import dev.liftoff.people.Policy;
import dev.liftoff.people.Ration;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whoever may write to the namespace can send garbage. It is refused as ever, but what looking at
 * it and telling it costs a launch is rationed. A key that is known has a ration of its own, which
 * only its owner can use up: other signatures do not come so far.
 */
final class Flood {
  private static final String STRANGERS = "";

  private final Board board;
  private final Map<String, Ration> looks = new TreeMap<>();
  private final Ration told = new Ration();
  private boolean silent;

  Flood(Board board) {
    this.board = board;
  }

  /** Why nobody looks at this proof now. */
  Optional<String> refusal(Policy policy, Proof proof) {
    Patience patience = policy.patience();
    Ration ration = looks.get(bucket(policy, proof));
    return patience != null && ration != null && ration.isSpent(patience, Waits.now())
        ? Optional.of("it is not looked at: of such proofs %s did not hold".formatted(patience))
        : Optional.empty();
  }

  /** Counts until it holds: many can arrive before the first is answered. */
  Instant look(Policy policy, Proof proof) {
    Instant now = Waits.now();
    Patience patience = policy.patience();
    if (patience != null) {
      ration(policy, proof).take(patience, now);
    }
    return now;
  }

  void holds(Policy policy, Proof proof, Instant since) {
    ration(policy, proof).giveBack(since);
  }

  /** A signal that is refused has only the timeline, which is not for those who flood it. */
  void tell(Policy policy, @Nullable String who, String what, String why) {
    Patience patience = policy.patience();
    Instant now = Waits.now();
    if (patience == null || !told.isSpent(patience, now)) {
      silent = false;
      if (patience != null) {
        told.take(patience, now);
      }
      board.refused(who, what, why);
      return;
    }
    board.people.drop();
    if (!silent) {
      silent = true;
      board.tell(
          Kind.REFUSED,
          "liftoff",
          "signals were refused, %s: further ones are refused and only counted"
              .formatted(patience));
    }
  }

  private Ration ration(Policy policy, Proof proof) {
    return looks.computeIfAbsent(bucket(policy, proof), _ -> new Ration());
  }

  private static String bucket(Policy policy, Proof proof) {
    return policy.knows(proof) ? String.valueOf(proof.id()) : STRANGERS;
  }
}
