package dev.liftoff.traffic;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A share of the live requests in percent, 0 to 100. */
public record Weight(@JsonValue int percent) implements Comparable<Weight> {
  public static final Weight NONE = new Weight(0);
  public static final Weight ALL = new Weight(100);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Weight {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("must be between 0 and 100, was " + percent);
    }
  }

  public Weight rest() {
    return new Weight(100 - percent);
  }

  @Override
  public int compareTo(Weight other) {
    return Integer.compare(percent, other.percent);
  }

  @Override
  public String toString() {
    return percent + " %";
  }
}
