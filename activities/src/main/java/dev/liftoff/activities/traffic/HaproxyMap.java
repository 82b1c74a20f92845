package dev.liftoff.activities.traffic;

import dev.liftoff.FailureType;
import dev.liftoff.traffic.Weight;

/** The map in the running proxy's memory, of which one line is green's weight. */
final class HaproxyMap {
  private final HaproxySocket socket;
  private final String name;
  private final String key;

  HaproxyMap(HaproxySocket socket, String name, String key) {
    this.socket = socket;
    this.name = name;
    this.key = key;
  }

  Weight green() {
    return ask("show map " + name)
        .lines()
        .map(line -> line.split("\\s+", 3))
        .filter(entry -> entry.length == 3 && entry[1].equals(key))
        .findFirst()
        .map(entry -> MapLine.weight(entry[2], "the running proxy's map " + name, key))
        .orElseThrow(this::noKey);
  }

  /** Sets it and reads it back. */
  void set(Weight green) {
    String answer = ask("set map %s %s %d".formatted(name, key, green.percent()));
    if (answer.startsWith("entry not found")) {
      throw noKey();
    }
    Weight found = green();
    if (!found.equals(green)) {
      throw new IllegalStateException(
          "the proxy's map %s says %s after it was set to %s: %s"
              .formatted(name, found, green, answer));
    }
  }

  private String ask(String command) {
    String answer = socket.ask(command);
    if (answer.startsWith("Unknown map identifier")) {
      throw refused(
          "the running proxy has no map "
              + name
              + ": name it as its configuration does, or use the map there");
    }
    return answer;
  }

  private RuntimeException noKey() {
    return refused(
        "the running proxy's map %s has no line '%s': add '%s 0' to its file and restart the proxy"
            .formatted(name, key, key));
  }

  private static RuntimeException refused(String message) {
    return FailureType.TRAFFIC_REFUSED.permanent(message);
  }
}
