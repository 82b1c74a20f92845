package dev.liftoff.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a rescue ended.
 *
 * @param rescued the twin is the live database now; otherwise the live database is what it was, and
 *     the service uses it
 * @param kept what the former live database is called; null where nothing was moved
 * @param rows what was taken along, by table
 * @param downtime how long the service was kept out
 * @param findings one sentence for each reason not to rescue; empty when rescued
 */
public record Rescued(
    boolean rescued,
    @Nullable String kept,
    Map<String, RowsTouched> rows,
    Duration downtime,
    List<String> findings) {
  public Rescued {
    rows = new TreeMap<>(rows);
    findings = List.copyOf(findings);
  }

  public static Rescued refused(List<String> findings) {
    return new Rescued(false, null, Map.of(), Duration.ZERO, findings);
  }
}
