package dev.liftoff.people;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** So many in a time, and no more. Knows no clock. */
public final class Ration {
  private final Deque<Instant> taken = new ArrayDeque<>();

  public boolean isSpent(Patience patience, Instant now) {
    return taken.stream().filter(at -> at.isAfter(now.minus(patience.within()))).count()
        >= patience.most();
  }

  public void take(Patience patience, Instant now) {
    taken.removeIf(at -> !at.isAfter(now.minus(patience.within())));
    taken.add(now);
  }

  /** What was taken then does not count. */
  public void giveBack(Instant then) {
    taken.removeFirstOccurrence(then);
  }
}
