package judge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a rule did in a world, over all launches. */
record Figures(double firedPercent, double median, double p95, double badRequests, double earlyPercent) {
  static Figures of(World world, List<Race.Fired> launches) {
    List<Race.Fired> late = launches.stream().filter(fired -> fired.second() > Math.max(0, world.onset())).toList();
    double[] delays = late.stream().mapToDouble(fired -> fired.second() - Math.max(0, world.onset())).sorted().toArray();
    double fired = Arrays.stream(delays).filter(Double::isFinite).count();
    return new Figures(
        100 * fired / launches.size(),
        at(delays, 0.5),
        at(delays, 0.95),
        late.stream().mapToDouble(Race.Fired::badRequests).average().orElse(0),
        100.0 * (launches.size() - late.size()) / launches.size());
  }

  String falseAlarms() {
    return String.format(Locale.ROOT, "%.1f", firedPercent);
  }

  String detection() {
    String early = earlyPercent >= 0.05 ? String.format(Locale.ROOT, " [%.1f %% early]", earlyPercent) : "";
    return "%s/%s, %.0f%s".formatted(seconds(median), seconds(p95), badRequests, early);
  }

  static String seconds(double value) {
    return Double.isInfinite(value) ? "never" : String.format(Locale.ROOT, "%.0f", value);
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0 ? Race.NEVER : sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)];
  }
}
