package dev.liftoff.activities.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Redis says of itself. */
record RedisInfo(Map<String, String> fields) {
  private static final int MEMORY_PERCENT = 90;

  static RedisInfo of(String text) {
    return new RedisInfo(
        text.lines()
            .filter(line -> line.contains(":"))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 1).strip(),
                    (first, _) -> first)));
  }

  /** What speaks against it, this being the earlier and that the later of two looks. */
  List<String> troubles(RedisInfo later) {
    List<String> troubles = new ArrayList<>();
    if (later.number("loading") != 0) {
      troubles.add("still loading its data");
    }
    // The counter is as old as the server: only its growth says something of now.
    if (later.number("rejected_connections") > number("rejected_connections")) {
      troubles.add("rejecting connections");
    }
    // A cache that evicts is always full, and well.
    if (later.memoryPercent() >= MEMORY_PERCENT && later.neverEvicts()) {
      troubles.add(
          "memory %d %% full and maxmemory-policy is noeviction".formatted(memoryPercent()));
    }
    return troubles;
  }

  private long memoryPercent() {
    long most = number("maxmemory");
    return most == 0 ? 0 : 100 * number("used_memory") / most;
  }

  private boolean neverEvicts() {
    return fields.getOrDefault("maxmemory_policy", "noeviction").equals("noeviction");
  }

  private long number(String field) {
    return Long.parseLong(fields.getOrDefault(field, "0"));
  }

  @Override
  public String toString() {
    return "memory %d MB%s, %d connections rejected since its start"
        .formatted(
            number("used_memory") / 1_000_000,
            number("maxmemory") == 0 ? "" : " of " + number("maxmemory") / 1_000_000 + " MB",
            number("rejected_connections"));
  }
}
