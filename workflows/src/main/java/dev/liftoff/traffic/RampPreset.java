package dev.liftoff.traffic;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import dev.liftoff.Word;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Ramps with a name. */
public enum RampPreset {
  /** The go-live procedure's: 1 % for an hour, 25 % for two, then all. */
  RUNBOOK,
  /** 10, 25, 50 and 100 %, a quarter of an hour each. */
  QUARTERS,
  /** All traffic in one step: what a plan without steps has. */
  AT_ONCE;

  public List<Ramp.Step> steps() {
    return switch (this) {
      case RUNBOOK -> List.of(step(1, ofHours(1)), step(25, ofHours(2)), step(100, ofMinutes(15)));
      case QUARTERS ->
          Stream.of(10, 25, 50, 100).map(weight -> step(weight, ofMinutes(15))).toList();
      case AT_ONCE -> List.of(step(100, ofMinutes(10)));
    };
  }

  /** Reads the name in plans, such as {@code at-once}. */
  public static RampPreset of(String word) {
    return Word.read(RampPreset.class, word);
  }

  private static Ramp.Step step(int weight, Duration soak) {
    return new Ramp.Step(new Weight(weight), soak);
  }
}
