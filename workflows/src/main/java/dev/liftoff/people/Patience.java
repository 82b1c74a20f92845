package dev.liftoff.people;

import dev.liftoff.plan.Durations;
import java.time.Duration;

/**
 * How many proofs that do not hold are looked at. Each look is three events of a history, of which
 * a launch may have 51,200.
 *
 * @param most so many of one key, and so many of all keys together that nobody is known by
 * @param within in this time
 */
public record Patience(int most, Duration within) {
  /** Nobody mistypes a signature twenty times; with a broken clock he asks for help before. */
  public static final Patience STANDARD = new Patience(20, Duration.ofMinutes(10));

  /** Such as {@code 20 in 10m}. */
  @Override
  public String toString() {
    return most + " in " + Durations.text(within);
  }
}
