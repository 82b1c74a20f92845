package judge;

import dev.liftoff.activities.judge.Assurance;
import dev.liftoff.activities.judge.Factor;
import dev.liftoff.activities.judge.Reference;
import dev.liftoff.activities.judge.Tally;
import dev.liftoff.activities.judge.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long until a promotion is certified, and how often it is certified for a candidate at the very bound. */
record Certificates(long seed, int runs) {
  private record Case(String name, double traffic, double rate, double extra, double hours) {
    double first(Dice dice) {
      Assurance assurance = Assurance.of(Factor.COUNT, Tolerance.CERTIFIED_ERRORS);
      Reference reference = new Reference(dice.poisson(9 * traffic * 600 * rate), 9 * traffic * 600);
      Tally tally = new Tally();
      tally.seconds = 5;
      for (double second = 5; second <= hours * 3600; second += 5) {
        tally.requests = dice.poisson(5 * traffic);
        tally.baselineRequests = dice.poisson(45 * traffic);
        tally.bad = Math.min(tally.requests, dice.poisson(tally.requests * (rate + extra)));
        tally.baselineBad = Math.min(tally.baselineRequests, dice.poisson(tally.baselineRequests * rate));
        assurance.see(tally, reference);
        reference.learn(tally);
        if (assurance.value() >= 100) {
          return second;
        }
      }
      return Race.NEVER;
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("as good as stable, 50 of 500 rps", 50, 0.001, 0, 24),
          new Case("as good as stable, 5 of 50 rps", 5, 0.001, 0, 24),
          new Case("neither ever fails, 50 of 500 rps", 50, 0, 0, 24),
          new Case("FALSE: exactly at the bound, 0.325 %", 50, 0.001, 0.00225, 24),
          new Case("FALSE: +0.4pp", 50, 0.001, 0.004, 24),
          new Case("FALSE: 0.2 %, and stable never fails", 50, 0, 0.002, 24));

  @Override
  public String toString() {
    return "%nCertificate \"p_c < 1.25 p_s + 0.2pp\"%n%n| case | certified %% | median s | P95 s |%n|---|---|---|---|%n".formatted()
        + CASES.stream().map(this::row).collect(Collectors.joining())
        + "\n";
  }

  private String row(Case one) {
    double[] seconds = IntStream.range(0, runs).parallel().mapToDouble(run -> one.first(Dice.of(seed, one.name, run))).sorted().toArray();
    double certified = 100.0 * Arrays.stream(seconds).filter(Double::isFinite).count() / runs;
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %s | %s |%n",
        one.name,
        certified,
        Figures.seconds(seconds[(runs - 1) / 2]),
        Figures.seconds(seconds[(int) Math.ceil(0.95 * runs) - 1]));
  }
}
