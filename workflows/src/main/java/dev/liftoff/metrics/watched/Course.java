package dev.liftoff.metrics.watched;

import dev.liftoff.metrics.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a thing went over a time. What was not measured, or is no number, is left out.
 *
 * @param points in the order of time
 * @param asked how many there are when none is missing
 */
public record Course(List<Point> points, int asked) {
  private static final double HOUR = Duration.ofHours(1).toMillis();
  private static final int PARTS = 6;

  /** A finite value. */
  public record Point(Instant at, double value) {}

  public Course {
    points = List.copyOf(points);
  }

  /** What the rule looks at: the mean, or the growth in an hour as a share of it. */
  public Measurement measured(Rule rule) {
    if (2 * points.size() < asked || points.isEmpty()) {
      return new Measurement.Missing(
          "measured at %d of %d times, half of them are needed".formatted(points.size(), asked));
    }
    return rule instanceof Rule.Trend ? trend() : new Measurement.Value(mean());
  }

  private double mean() {
    return points.stream().mapToDouble(Point::value).average().orElseThrow();
  }

  private Measurement trend() {
    if (points.size() < 3) {
      return new Measurement.Missing(
          "measured at %d times, a trend needs three".formatted(points.size()));
    }
    double slope = slope() * HOUR;
    double mean = Math.abs(mean());
    return mean == 0 && slope != 0
        ? new Measurement.Missing("is 0 in the mean, of which a trend is no share")
        : new Measurement.Value(slope == 0 ? 0 : slope / mean);
  }

  /**
   * The median of the slopes of all pairs (Theil 1950, Sen 1968), per millisecond, between the
   * lowest values of its parts: what is left after each collection of garbage. A saw or one peak
   * must not look like a trend, as they do in least squares.
   */
  private double slope() {
    List<Point> lowest = lowest();
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < lowest.size(); i++) {
      for (int j = i + 1; j < lowest.size(); j++) {
        slopes.add(slope(lowest.get(i), lowest.get(j)));
      }
    }
    slopes.sort(Comparator.naturalOrder());
    int middle = slopes.size() / 2;
    return slopes.size() % 2 == 1
        ? slopes.get(middle)
        : (slopes.get(middle - 1) + slopes.get(middle)) / 2;
  }

  private List<Point> lowest() {
    int parts = Math.min(PARTS, points.size());
    List<Point> lowest = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      lowest.add(
          points.subList(part * points.size() / parts, (part + 1) * points.size() / parts).stream()
              .min(Comparator.comparingDouble(Point::value))
              .orElseThrow());
    }
    return lowest;
  }

  private static double slope(Point one, Point other) {
    return (other.value() - one.value()) / Duration.between(one.at(), other.at()).toMillis();
  }
}
