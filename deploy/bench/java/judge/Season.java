package judge;

import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Past;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many launches in one world. The first days are calibrated on; every launch is judged by one of those calibrations. */
record Season(World world, List<Rule> rules, long seed, int runs, int days) {
  List<List<Race.Fired>> run() {
    List<List<Calibration[]>> calibrations = calibrations();
    return IntStream.range(0, runs)
        .parallel()
        .mapToObj(run -> new Race(world, Dice.of(seed, world.name(), run)).run(rules, calibrations.get(run % days)))
        .toList();
  }

  /** By day, then by rule. */
  private List<List<Calibration[]>> calibrations() {
    return IntStream.range(0, days).parallel().mapToObj(this::day).toList();
  }

  private List<Calibration[]> day(int day) {
    if (rules.stream().noneMatch(Auto.class::isInstance)) {
      return rules.stream().map(_ -> new Calibration[0]).toList();
    }
    Past[] pasts = History.of(world, Dice.of(seed ^ 0x5DEECE66DL, world.name(), day));
    Sample before = History.tenMinutes(pasts);
    List<Calibration[]> calibrations = new ArrayList<>();
    for (Rule rule : rules) {
      calibrations.add(rule instanceof Auto auto ? calibrated(auto, pasts, before) : new Calibration[0]);
    }
    return calibrations;
  }

  private static Calibration[] calibrated(Auto auto, Past[] pasts, Sample before) {
    Calibration[] calibrations = new Calibration[pasts.length];
    java.util.Arrays.fill(calibrations, Calibration.NONE);
    Kind kind = Kind.of(before);
    for (int question : kind.questions(before)) {
      calibrations[question] = auto.calibrate(kind, pasts[question]);
    }
    return calibrations;
  }

  /** What the product's rule was calibrated to, for the record. */
  String choices() {
    int last = rules.size() - 1;
    Map<String, Long> choices =
        calibrations().stream()
            .flatMap(day -> java.util.Arrays.stream(day.get(last)))
            .filter(calibration -> calibration.placebos() > 0)
            .collect(Collectors.groupingBy(choice -> choice.method().toString(), TreeMap::new, Collectors.counting()));
    double ratio =
        calibrations().stream()
            .flatMap(day -> java.util.Arrays.stream(day.get(last)))
            .mapToDouble(Calibration::ratio)
            .max()
            .orElse(1);
    return "%s, ratio up to %.2f".formatted(choices, ratio);
  }
}
