package dev.liftoff.control;

import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.gate.Proof;
import dev.liftoff.people.Policy;
import dev.liftoff.people.Rations;
import dev.liftoff.people.Refused;
import dev.liftoff.timeline.TimelineEntry.Kind;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whoever may write to the namespace can send garbage. It is refused as ever, but what looking at
 * it and telling it costs a launch is rationed.
 */
final class Flood {
  private final Board board;
  private final Rations looks = new Rations();
  private final Refused refused = new Refused();

  Flood(Board board) {
    this.board = board;
  }

  /** Why nobody looks at this proof now. */
  Optional<String> refusal(Policy policy, Proof proof) {
    return looks.refusal(policy, proof, Waits.now());
  }

  /** Counts until it holds: many can arrive before the first is answered. */
  Instant look(Policy policy, Proof proof) {
    Instant now = Waits.now();
    looks.look(policy, proof, now);
    return now;
  }

  void holds(Policy policy, Proof proof, Instant since) {
    looks.holds(policy, proof, since);
  }

  /** A signal that is refused has only the timeline, which is not for those who flood it. */
  void tell(Policy policy, @Nullable String who, String what, String why) {
    switch (refused.next(policy.patience(), Waits.now())) {
      case TOLD -> board.refused(who, what, why);
      case LAST -> {
        board.people.drop();
        board.tell(
            Kind.REFUSED,
            "liftoff",
            "signals were refused, %s: further ones are refused and only counted"
                .formatted(policy.patience()));
      }
      case COUNTED -> board.people.drop();
    }
  }
}
