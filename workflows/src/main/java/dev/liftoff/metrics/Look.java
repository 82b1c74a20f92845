package dev.liftoff.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured of a slot at one time.
 *
 * @param samples the number of requests behind the metrics
 */
public record Look(Instant at, Map<Metric, Measurement> metrics, Measurement samples) {
  public Look {
    metrics = new TreeMap<>(metrics);
  }

  /** A reading for each limit, and one for each metric without a limit, in the order of metrics. */
  public List<Reading> readings(List<Limit> limits) {
    List<Reading> readings = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      List<Limit> own = limits.stream().filter(limit -> limit.metric() == metric).toList();
      own.forEach(limit -> readings.add(against(limit)));
      if (own.isEmpty() && metrics.containsKey(metric)) {
        readings.add(reading(metric, null));
      }
    }
    return readings;
  }

  /** The metric of this limit, held against it. */
  public Reading against(Limit limit) {
    return reading(limit.metric(), limit);
  }

  private Reading reading(Metric metric, @Nullable Limit limit) {
    Measurement measured =
        metrics.getOrDefault(metric, new Measurement.Missing("no query is declared for " + metric));
    return switch (measured) {
      case Measurement.Missing(String why) -> missing(metric, null, limit, why);
      case Measurement.Value(double value) -> held(metric, value, limit);
    };
  }

  private Reading held(Metric metric, double value, @Nullable Limit limit) {
    long count = count();
    long minimum = limit == null || !metric.isOfRequests() ? 0 : limit.minimumSamples();
    if (count < minimum) {
      return missing(metric, value, limit, tooFew(minimum));
    }
    if (limit != null && limit.breachedBy(value)) {
      return new Reading(metric, value, limit.toString(), Reading.State.BREACH, count, at, null);
    }
    // Without one request a good value says nothing; a bad one, as of a probe, still counts.
    return count == 0 && metric.isOfRequests()
        ? missing(metric, value, limit, tooFew(1))
        : new Reading(metric, value, words(limit), Reading.State.OK, count, at, null);
  }

  private Reading missing(
      Metric metric, @Nullable Double value, @Nullable Limit limit, String why) {
    return new Reading(metric, value, words(limit), Reading.State.NO_DATA, count(), at, why);
  }

  private long count() {
    return samples instanceof Measurement.Value(double value) ? Math.max(0, (long) value) : 0;
  }

  private String tooFew(long minimum) {
    return switch (samples) {
      case Measurement.Value _ -> "%d samples, at least %d are needed".formatted(count(), minimum);
      case Measurement.Missing(String why) -> "the number of samples is not known: " + why;
    };
  }

  private static @Nullable String words(@Nullable Limit limit) {
    return limit == null ? null : limit.toString();
  }
}
