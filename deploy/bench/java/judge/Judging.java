package judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Races all rules through all worlds; see deploy/bench/judge. */
public final class Judging {
  private final long seed;
  private final int runs;
  private final int days;
  private double worst;
  private double median = Race.NEVER;

  private Judging(long seed, int runs, int days) {
    this.seed = seed;
    this.runs = runs;
    this.days = days;
  }

  public static void main(String[] args) {
    String only = args.length > 3 ? args[3] : "";
    Judging judging = new Judging(Long.parseLong(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    judging.errors(only);
    judging.latency(only);
    if (only.isEmpty() || only.equals("certificates")) {
      System.out.print(new Certificates(judging.seed, judging.runs));
    }
    System.out.printf(Locale.ROOT, "worst_false_percent=%.1f detect_0_9pp_median_s=%s%n", judging.worst, Figures.seconds(judging.median));
  }

  private void errors(String only) {
    Map<String, Rule> rules = Rules.errors();
    List<Column> innocent = new ArrayList<>();
    innocent.addAll(columns(Worlds.INNOCENT, rules, only, Figures::falseAlarms));
    innocent.addAll(columns(Worlds.HELD_OUT, rules, only, Figures::falseAlarms));
    worst = innocent.stream().mapToDouble(column -> column.of(Rules.LIFTOFF).firedPercent()).max().orElse(0);
    Column.print("False rollbacks in 48 h, percent of launches", rules.keySet(), innocent);
    List<Column> guilty = columns(Worlds.GUILTY, rules, only, Figures::detection);
    guilty.stream().filter(column -> column.world().name().equals("+0.9pp")).forEach(column -> median = column.of(Rules.LIFTOFF).median());
    Column.print("Errors found: median/P95 s, bad requests the candidate served until then", rules.keySet(), guilty);
  }

  private void latency(String only) {
    Map<String, Rule> rules = Rules.latency();
    List<Column> innocent = columns(Worlds.INNOCENT_LATENCY, rules, only.isEmpty() ? only : only.replace("slow:", ""), Figures::falseAlarms, only);
    Column.print("Latency: false rollbacks in 48 h, percent of launches", rules.keySet(), innocent);
    List<Column> guilty = columns(Worlds.GUILTY_LATENCY, rules, only.replace("slow:", ""), Figures::detection, only);
    Column.print("Latency found: median/P95 s, requests above 250 ms the candidate served until then", rules.keySet(), guilty);
  }

  private List<Column> columns(List<World> worlds, Map<String, Rule> rules, String only, Function<Figures, String> shown) {
    return columns(worlds, rules, only, shown, only.startsWith("slow:") ? "none" : only);
  }

  private List<Column> columns(List<World> worlds, Map<String, Rule> rules, String part, Function<Figures, String> shown, String only) {
    boolean slow = worlds == Worlds.INNOCENT_LATENCY || worlds == Worlds.GUILTY_LATENCY;
    return worlds.stream()
        .filter(world -> only.isEmpty() || (slow == only.startsWith("slow:") && world.name().matches(part)))
        .map(world -> Column.of(new Season(world, List.copyOf(rules.values()), seed, runs, days), rules, shown))
        .toList();
  }
}
