package dev.liftoff.board;

import dev.liftoff.Waits;
import dev.liftoff.container.Slot;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the traffic is to go, and where it goes by what was read back. */
public final class TrafficFacts {
  private final Runnable changed;
  private @Nullable Slot candidate;
  private Weight planned = Weight.NONE;
  private @Nullable Weights actual;
  private @Nullable Instant readAt;
  private boolean moved;
  private int begun;
  private @Nullable List<Weight> asked;

  TrafficFacts(Runnable changed) {
    this.changed = changed;
  }

  void found(Slot candidateSlot, Weights weights) {
    candidate = candidateSlot;
    set(Weight.NONE, weights);
  }

  /** It is ordered; from now on a user may have met the candidate. */
  void moving(Weight wanted) {
    moved = true;
    planned = wanted;
    changed.run();
  }

  public void set(Weight wanted, Weights readBack) {
    planned = wanted;
    actual = readBack;
    readAt = Waits.now();
    changed.run();
  }

  /** So many steps of the ramp have begun. */
  public void begun(int steps) {
    begun = steps;
  }

  public int begun() {
    return begun;
  }

  /** The weights that the proxy is asked for. */
  public void asking(List<Weight> weights) {
    asked = weights;
  }

  /** Null before it was asked. */
  public @Nullable List<Weight> asked() {
    return asked;
  }

  boolean moved() {
    return moved;
  }

  LaunchStatus.Traffic status() {
    return new LaunchStatus.Traffic(candidate, planned, actual, readAt);
  }
}
