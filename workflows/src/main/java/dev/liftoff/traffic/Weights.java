package dev.liftoff.traffic;

import dev.liftoff.container.Slot;
import java.util.Optional;

/** How the proxy splits the live requests, as read back from it. The two add up to 100. */
public record Weights(Weight blue, Weight green) {
  public Weights {
    if (blue.percent() + green.percent() != 100) {
      throw new IllegalArgumentException(
          "blue and green must add up to 100, were " + blue + " and " + green);
    }
  }

  /** This slot has this weight, the other one the rest. */
  public static Weights of(Slot slot, Weight weight) {
    return slot == Slot.BLUE
        ? new Weights(weight, weight.rest())
        : new Weights(weight.rest(), weight);
  }

  public Weight weight(Slot slot) {
    return slot == Slot.BLUE ? blue : green;
  }

  /** The slot that has all requests; empty in the middle of a ramp. */
  public Optional<Slot> serving() {
    return blue.equals(Weight.ALL)
        ? Optional.of(Slot.BLUE)
        : green.equals(Weight.ALL) ? Optional.of(Slot.GREEN) : Optional.empty();
  }
}
