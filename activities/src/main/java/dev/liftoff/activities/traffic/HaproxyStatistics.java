package dev.liftoff.activities.traffic;

import dev.liftoff.FailureType;
import dev.liftoff.container.Slot;
import java.util.Arrays;
import java.util.List;

/** What the running proxy counts. Its backends are named like the slots. */
final class HaproxyStatistics {
  private static final String SERVERS_ONLY = " 4 -1";
  private static final String SESSIONS_NOW = "scur";

  private final HaproxySocket socket;

  HaproxyStatistics(HaproxySocket socket) {
    this.socket = socket;
  }

  /** Requests that servers of this slot are working on. */
  long inFlight(Slot slot) {
    String answer = socket.ask("show stat " + slot.word() + SERVERS_ONLY);
    if (!answer.startsWith("#")) {
      throw FailureType.TRAFFIC_REFUSED.permanent(
          "the proxy has no backend '%s': name its backends blue and green (it says: %s)"
              .formatted(slot, answer));
    }
    List<String[]> rows = answer.lines().map(line -> line.split(",", -1)).toList();
    int column = Arrays.asList(rows.getFirst()).indexOf(SESSIONS_NOW);
    return rows.stream().skip(1).mapToLong(row -> Long.parseLong(row[column])).sum();
  }
}
