package dev.liftoff.activities.database.backup;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each part of a step took, one after the other. */
public final class Laps {
  private final Map<String, Long> milliseconds = new LinkedHashMap<>();
  private long since = System.nanoTime();

  public void end(String part) {
    long now = System.nanoTime();
    milliseconds.put(part, Duration.ofNanos(now - since).toMillis());
    since = now;
  }

  public Map<String, Long> milliseconds() {
    return new LinkedHashMap<>(milliseconds);
  }
}
