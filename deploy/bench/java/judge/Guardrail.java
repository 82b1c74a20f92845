package judge;

import dev.liftoff.activities.judge.Excess;
import dev.liftoff.activities.judge.Factor;
import dev.liftoff.activities.judge.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An absolute limit of 5 % on a candidate alone: the runbook's rule as it is written, with a least number of requests, and as evidence. */
record Guardrail(long seed, int runs) {
  private static final double LIMIT = 0.05;
  private static final int LOOK = 15;
  private static final int WINDOW = 300;
  private static final int LASTING = 120;
  private static final int FEWEST = 100;
  private static final double HORIZON = 48 * Fleet.HOUR;

  /** Requests a second, and the true share of them that fails. */
  private record Case(double traffic, double rate, double hours) {
    String name() {
      return "%s rps, %s %%, %.0f h".formatted(traffic, Math.round(rate * 1000) / 10.0, hours);
    }

    double first(Watch watch, Dice dice) {
      for (int second = LOOK; second <= hours * Fleet.HOUR; second += LOOK) {
        int requests = dice.poisson(LOOK * traffic);
        if (watch.see(requests, Math.min(requests, dice.poisson(requests * rate)))) {
          return second;
        }
      }
      return Race.NEVER;
    }
  }

  /** One launch under one rule. */
  private interface Watch {
    boolean see(int requests, int bad);
  }

  private record Rule(String name, Supplier<Watch> start) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule("> 5 % of 5 min for 2 min", () -> lasting(0)),
          new Rule("the same, from 100 requests on", () -> lasting(FEWEST)),
          new Rule("Liftoff, one error one vote", () -> evidence(Factor.COUNT)),
          new Rule("Liftoff, one batch one vote", () -> evidence(Factor.VOTE)));

  private static final List<Case> CASES =
      List.of(
          new Case(50, 0.001, 48),
          new Case(50, 0.04, 48),
          new Case(50, 0.05, 48),
          new Case(50, 0.06, 6),
          new Case(50, 0.1, 6),
          new Case(50, 0.25, 6),
          new Case(5, 0.04, 48),
          new Case(5, 0.1, 6),
          new Case(0.2, 0.005, 48),
          new Case(0.2, 0.02, 48),
          new Case(0.2, 0.04, 48),
          new Case(0.2, 0.1, 6),
          new Case(0.2, 0.25, 6),
          new Case(0.05, 0.005, 48),
          new Case(0.05, 0.02, 48),
          new Case(0.05, 0.25, 6));

  @Override
  public String toString() {
    String names = RULES.stream().map(Rule::name).collect(Collectors.joining(" | "));
    return "%nAn absolute limit of 5 %%: fired %%, median s%n%n| candidate | %s |%n|---|%s%n%s%n"
        .formatted(names, "---|".repeat(RULES.size()), CASES.stream().map(this::row).collect(Collectors.joining()));
  }

  private String row(Case one) {
    return RULES.stream().map(rule -> cell(one, rule)).collect(Collectors.joining(" | ", "| " + one.name() + " | ", " |\n"));
  }

  private String cell(Case one, Rule rule) {
    double[] seconds =
        IntStream.range(0, runs).parallel().mapToDouble(run -> one.first(rule.start.get(), Dice.of(seed, one.name(), run))).sorted().toArray();
    double fired = 100.0 * Arrays.stream(seconds).filter(Double::isFinite).count() / runs;
    return String.format(Locale.ROOT, "%.1f, %s", fired, Figures.seconds(seconds[(runs - 1) / 2]));
  }

  private static Watch lasting(int fewest) {
    int[][] ring = new int[WINDOW / LOOK][2];
    int[] at = {0, 0, 0, -1};
    return (requests, bad) -> {
      int[] slot = ring[at[2]++ % ring.length];
      at[0] += requests - slot[0];
      at[1] += bad - slot[1];
      slot[0] = requests;
      slot[1] = bad;
      boolean broken = at[0] >= Math.max(1, fewest) && at[1] > LIMIT * at[0];
      at[3] = broken ? at[3] + 1 : -1;
      return at[3] * LOOK >= LASTING;
    };
  }

  private static Watch evidence(Factor factor) {
    Excess excess = Excess.of(factor, LIMIT, HORIZON);
    Tally tally = new Tally();
    tally.seconds = LOOK;
    return (requests, bad) -> {
      tally.requests = requests;
      tally.bad = bad;
      excess.see(tally);
      return excess.value() >= 100;
    };
  }
}
