package judge;

import dev.liftoff.activities.judge.Calibration;
import dev.liftoff.activities.judge.Past;
import dev.liftoff.activities.judge.Placebos;
import java.util.function.IntFunction;

/**
 * Liftoff's judge, calibrated on a day of the same service.
 *
 * @param margin no placebo may come that near to 100
 * @param patience how many standard deviations pods may differ; 0 ignores that they do
 * @param part of all evidence; a launch asks other questions too
 */
record Auto(double margin, double patience, double part) implements Rule {
  @Override
  public int every() {
    return Fleet.STEP;
  }

  @Override
  public boolean readsCounters() {
    return true;
  }

  Calibration calibrate(Kind kind, Past past) {
    return new Placebos(kind.grid, kind.tolerance, 48 * 3600, margin, patience).calibrate(past);
  }

  @Override
  public Watch watch(Launch launch) {
    return watch(launch, question -> launch.calibrations()[question], part);
  }

  static Watch watch(Launch launch, IntFunction<Calibration> calibrations, double part) {
    Kind kind = Kind.of(launch.before());
    int[] questions = kind.questions(launch.before());
    Ours[] tests = new Ours[questions.length];
    for (int test = 0; test < tests.length; test++) {
      tests[test] = new Ours(questions[test], calibrations.apply(questions[test]), kind.grid, kind.tolerance, launch.before());
    }
    return sample -> {
      double sum = 0;
      for (Ours test : tests) {
        sum += test.see(sample);
      }
      return tests.length > 0 && part * sum / tests.length + 1 - part >= 100;
    };
  }
}
