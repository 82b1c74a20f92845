package stack;

import java.util.List;

/** Figures of a list of measurements, by nearest rank: with fifty of them the 99th percentile is the slowest. */
public record Shares(double[] sorted) {
  public static Shares of(List<Double> values) {
    return new Shares(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  /** The least value that this share of all does not exceed. */
  public double at(double share) {
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)];
  }

  public double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public double max() {
    return sorted[sorted.length - 1];
  }

  public int count() {
    return sorted.length;
  }
}
