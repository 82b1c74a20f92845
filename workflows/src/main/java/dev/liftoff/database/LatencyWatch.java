package dev.liftoff.database;

import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose latency a backup looks at.
 *
 * @param metrics with the query for the p95 and nothing else that is judged
 * @param serving the slot that has the traffic
 */
public record LatencyWatch(MetricsSpec metrics, Slot serving) {

  /** Null where there is no query for the p95. */
  static @Nullable LatencyWatch of(MetricsSpec all, Slot serving) {
    String query = all.queries().get(Metric.P95);
    return query == null
        ? null
        : new LatencyWatch(
            new MetricsSpec(
                all.prometheus(),
                Map.of(Metric.P95, query),
                all.samples(),
                all.interval(),
                all.staleAfter(),
                List.of()),
            serving);
  }
}
