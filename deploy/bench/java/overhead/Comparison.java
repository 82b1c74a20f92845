package overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import stack.Shares;

/** The table of all pairs. Arguments: folder with plain-1, liftoff-1, plain-2, ...; how many pairs. Its last line is the ratio alone. */
public final class Comparison {
  private static final String TOTAL = "total";
  private static final String BETWEEN = "between-the-steps";

  private Comparison() {}

  public static void main(String[] args) throws IOException {
    List<Map<String, Double>> plain = read(Path.of(args[0]), "plain", Integer.parseInt(args[1]));
    List<Map<String, Double>> liftoff = read(Path.of(args[0]), "liftoff", Integer.parseInt(args[1]));
    System.out.printf("%n%-22s %12s %12s %12s   medians of %d pairs, ms%n", "step", "script", "liftoff", "difference", plain.size());
    for (String step : steps(plain)) {
      row(step, median(plain, step), median(liftoff, step));
    }
    row(TOTAL, median(plain, TOTAL), median(liftoff, TOTAL));
    Shares ratios = ratios(plain, liftoff);
    System.out.printf("ratio of each pair: median %.3f, from %.3f to %.3f%n", ratios.median(), ratios.at(0), ratios.max());
    System.out.printf(Locale.ROOT, "%.3f%n", ratios.median());
  }

  private static void row(String step, double script, double liftoff) {
    System.out.printf("%-22s %12.0f %12.0f %12.0f%n", step.replace('-', ' '), script, liftoff, liftoff - script);
  }

  private static Shares ratios(List<Map<String, Double>> plain, List<Map<String, Double>> liftoff) {
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < plain.size(); pair++) {
      ratios.add(liftoff.get(pair).get(TOTAL) / plain.get(pair).get(TOTAL));
    }
    return Shares.of(ratios);
  }

  private static Set<String> steps(List<Map<String, Double>> runs) {
    Set<String> steps = new LinkedHashSet<>(runs.getFirst().keySet());
    steps.remove(TOTAL);
    return steps;
  }

  private static double median(List<Map<String, Double>> runs, String step) {
    return Shares.of(runs.stream().map(run -> run.getOrDefault(step, 0.0)).toList()).median();
  }

  private static List<Map<String, Double>> read(Path folder, String side, int pairs) throws IOException {
    List<Map<String, Double>> runs = new ArrayList<>();
    for (int pair = 1; pair <= pairs; pair++) {
      runs.add(read(folder.resolve(side + "-" + pair)));
    }
    return runs;
  }

  /** What no step accounts for is between the steps. */
  private static Map<String, Double> read(Path file) throws IOException {
    Map<String, Double> times = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ");
      times.merge(words[0], Long.parseLong(words[1]) / 1000.0, Double::sum);
    }
    double total = times.remove(TOTAL);
    times.put(BETWEEN, total - times.values().stream().mapToDouble(Double::doubleValue).sum());
    times.put(TOTAL, total);
    return times;
  }
}
