package judge;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Races all rules through all worlds; see deploy/bench/judge. */
public final class Judging {
  private static final String SLOW = "slow:";

  private final long seed;
  private final int runs;
  private final int days;
  private final String wanted;
  private double worst;
  private double median = Race.NEVER;

  private Judging(long seed, int runs, int days, String wanted) {
    this.seed = seed;
    this.runs = runs;
    this.days = days;
    this.wanted = wanted;
  }

  public static void main(String[] args) {
    String wanted = args.length > 3 ? args[3] : "";
    Judging judging = new Judging(Long.parseLong(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), wanted);
    judging.errors();
    judging.latency();
    if (wanted.isEmpty()) {
      System.out.print(new Guardrail(judging.seed, judging.runs));
      System.out.print(new Certificates(judging.seed, judging.runs));
    }
    System.out.printf(Locale.ROOT, "worst_false_percent=%.1f detect_0_9pp_median_s=%s%n", judging.worst, Figures.seconds(judging.median));
  }

  private void errors() {
    Map<String, Rule> rules = Rules.errors();
    List<Column> innocent = columns("", Worlds.INNOCENT, rules, Figures::falseAlarms);
    worst = worst(innocent);
    Column.print("False rollbacks in 48 h, percent of launches", rules.keySet(), innocent);
    List<Column> heldOut = columns("", Worlds.HELD_OUT, rules, Figures::falseAlarms);
    Column.print("The same in harsher worlds, beyond the goals", rules.keySet(), heldOut);
    System.out.printf(Locale.ROOT, "%nLiftoff, worst of these: %.1f %%%n", worst(heldOut));
    List<Column> guilty = columns("", Worlds.GUILTY, rules, Figures::detection);
    guilty.stream().filter(column -> column.world().name().equals("+0.9pp")).forEach(column -> median = column.of(Rules.LIFTOFF).median());
    Column.print("Errors found: median/P95 s, bad requests the candidate served until then", rules.keySet(), guilty);
  }

  private static double worst(List<Column> columns) {
    return columns.stream().mapToDouble(column -> column.of(Rules.LIFTOFF).firedPercent()).max().orElse(0);
  }

  private void latency() {
    Map<String, Rule> rules = Rules.latency();
    List<Column> innocent = columns(SLOW, Worlds.INNOCENT_LATENCY, rules, Figures::falseAlarms);
    Column.print("Latency: false rollbacks in 48 h, percent of launches", rules.keySet(), innocent);
    List<Column> guilty = columns(SLOW, Worlds.GUILTY_LATENCY, rules, Figures::detection);
    Column.print("Latency found: median/P95 s, requests above 250 ms the candidate served until then", rules.keySet(), guilty);
  }

  private List<Column> columns(String prefix, List<World> worlds, Map<String, Rule> rules, Function<Figures, String> shown) {
    return worlds.stream()
        .filter(world -> wanted.isEmpty() || (prefix + world.name()).matches(wanted))
        .map(world -> Column.of(new Season(world, List.copyOf(rules.values()), seed, runs, days), rules, shown))
        .toList();
  }
}
