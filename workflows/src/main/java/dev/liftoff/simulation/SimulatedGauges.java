package dev.liftoff.simulation;

import dev.liftoff.metrics.Look;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import dev.liftoff.traffic.Weight;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the metrics of a simulated slot show: healthy, failing from a weight on, or as told. */
final class SimulatedGauges {
  private static final Map<Metric, Double> HEALTHY =
      Map.of(
          Metric.ERROR_RATE, 0.001,
          Metric.P95, 0.12,
          Metric.P99, 0.3,
          Metric.AVAILABILITY, 1.0,
          Metric.REQUEST_RATE, 200.0);
  private static final Map<Metric, Double> AT_EASE =
      Map.of(
          Metric.ANSWERS, 1.0,
          Metric.HEALTH, 1.0,
          Metric.CRITICAL_ALERTS, 0.0,
          Metric.POOL, 0.3,
          Metric.MEMORY, 0.4,
          Metric.DISK, 0.5,
          Metric.OOM_KILLS, 0.0);
  private static final Map<Metric, Double> FAILING =
      Map.of(
          Metric.ERROR_RATE, 0.3,
          Metric.P95, 9.0,
          Metric.P99, 12.0,
          Metric.AVAILABILITY, 0.7,
          Metric.REQUEST_RATE, 200.0);
  private static final Map<Metric, Double> IN_TROUBLE =
      Map.of(
          Metric.ANSWERS, 0.0,
          Metric.HEALTH, 0.0,
          Metric.CRITICAL_ALERTS, 1.0,
          Metric.POOL, 1.0,
          Metric.MEMORY, 1.0,
          Metric.DISK, 1.0,
          Metric.OOM_KILLS, 1.0);
  static final Measurement BLIND = new Measurement.Missing("the simulated monitoring is blind");
  private static final double REQUESTS_AT_FULL_WEIGHT = 100_000;

  private final Map<Metric, ToDoubleFunction<Instant>> told = new TreeMap<>();
  private @Nullable Weight failsFrom;

  void failFrom(Weight weight) {
    failsFrom = weight;
  }

  void tell(Metric metric, ToDoubleFunction<Instant> value) {
    told.put(metric, value);
  }

  void recover() {
    failsFrom = null;
    told.clear();
  }

  double errorRate(Weight weight) {
    Double share = (fails(weight) ? FAILING : HEALTHY).get(Metric.ERROR_RATE);
    return share == null ? 0 : share;
  }

  static Look blind(Instant now, MetricsSpec spec) {
    Map<Metric, Measurement> nothing = new TreeMap<>();
    HEALTHY.keySet().forEach(metric -> nothing.put(metric, BLIND));
    spec.queries().keySet().forEach(metric -> nothing.put(metric, BLIND));
    return new Look(now, nothing, BLIND);
  }

  /** What only some plans ask for is measured where there is a query. */
  Look look(Instant now, Weight weight, MetricsSpec spec) {
    Map<Metric, Measurement> measured = new TreeMap<>();
    (fails(weight) ? FAILING : HEALTHY)
        .forEach((metric, value) -> measured.put(metric, new Measurement.Value(value)));
    (fails(weight) ? IN_TROUBLE : AT_EASE)
        .forEach((metric, value) -> {
          if (spec.queries().containsKey(metric)) {
            measured.put(metric, new Measurement.Value(value));
          }
        });
    told.forEach(
        (metric, value) -> measured.put(metric, new Measurement.Value(value.applyAsDouble(now))));
    double requests = REQUESTS_AT_FULL_WEIGHT * weight.percent() / 100;
    return new Look(now, measured, new Measurement.Value(requests));
  }

  private boolean fails(Weight weight) {
    return failsFrom != null && weight.percent() > 0 && weight.compareTo(failsFrom) >= 0;
  }
}
