package dev.liftoff.activities.traffic;

import dev.liftoff.FailureType;
import dev.liftoff.traffic.Weight;

/** A line of a map as the proxy reads it: a key, spaces, a value. */
final class MapLine {
  private MapLine() {}

  static boolean has(String key, String line) {
    return line.strip().split("\\s+", 2)[0].equals(key);
  }

  static String of(String key, Weight green) {
    return key + " " + green.percent();
  }

  /** The weight in this line, which has the key. */
  static Weight weight(String value, String where, String key) {
    try {
      return new Weight(Integer.parseInt(value.strip()));
    } catch (IllegalArgumentException reason) {
      throw FailureType.TRAFFIC_REFUSED.permanent(
          "%s says '%s %s': the value must be green's weight in percent, 0 to 100"
              .formatted(where, key, value.strip()));
    }
  }
}
