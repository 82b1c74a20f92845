package dev.liftoff.activities.database.pace;

import dev.liftoff.LaunchId;
import dev.liftoff.database.LatencyWatch;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Metrics;
import dev.liftoff.metrics.Reading;
import java.util.Optional;

/** How fast the service answers while its database is read. */
@FunctionalInterface
public interface ServiceLatency {
  /** The 95th percentile of fewer requests is simply the slowest of them. */
  long LEAST_SAMPLES = 20;

  /** Now, in seconds; what cannot be measured is an answer too. */
  Measurement p95(LaunchId launch, LatencyWatch watch);

  static ServiceLatency unknown() {
    return (launch, watch) -> new Measurement.Missing("this worker has no metrics");
  }

  /** As the launch itself measures it. */
  static ServiceLatency by(Metrics metrics) {
    return (launch, watch) -> {
      Optional<Reading> found =
          metrics.read(launch, watch.metrics(), watch.serving()).stream()
              .filter(reading -> reading.metric() == Metric.P95)
              .findFirst();
      return found
          .map(ServiceLatency::believed)
          .orElseGet(() -> new Measurement.Missing("there is no reading of it"));
    };
  }

  private static Measurement believed(Reading reading) {
    Double value = reading.value();
    if (reading.state() == Reading.State.NO_DATA || value == null) {
      return new Measurement.Missing(reading.why() == null ? "no data" : reading.why());
    }
    return reading.samples() < LEAST_SAMPLES
        ? new Measurement.Missing(
            "%d requests, at least %d are needed".formatted(reading.samples(), LEAST_SAMPLES))
        : new Measurement.Value(value);
  }
}
