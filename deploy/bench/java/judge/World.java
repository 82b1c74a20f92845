package judge;

import java.util.function.BiFunction;

/**
 * A kind of service, and what is wrong with its candidate.
 *
 * @param hours how long the launch is watched
 * @param onset second from which on the candidate is bad; negative when it is innocent
 */
record World(String name, double hours, double onset, Effect effect, BiFunction<Dice, Effect, Fleet> fleet) {
  static World innocent(String name, BiFunction<Dice, Effect, Fleet> fleet) {
    return innocent(name, 48, fleet);
  }

  static World innocent(String name, double hours, BiFunction<Dice, Effect, Fleet> fleet) {
    return new World(name, hours, -1, Effect.NONE, fleet);
  }

  /** Watched for six hours from the onset on. */
  static World guilty(String name, double onset, Effect effect, BiFunction<Dice, Effect, Fleet> fleet) {
    return new World(name, onset / Fleet.HOUR + 6, onset, effect, fleet);
  }

  boolean isInnocent() {
    return onset < 0;
  }

  Fleet open(Dice dice) {
    return fleet.apply(dice, effect);
  }
}
