package dev.liftoff.activities.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlacebosTest {
  private static final int GROUPS = 9;
  private static final int HOURS = 6;
  private static final int STEPS = HOURS * 720;

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void aQuietServiceIsJudgedByTheFastestMethod() {
    Calibration quiet = calibrate(past((group, step) -> 0.001));

    assertThat(quiet.method().factor()).isEqualTo(Factor.COUNT);
    assertThat(quiet.method().wide()).isFalse();
    assertThat(quiet.ratio()).isLessThan(1.25);
    assertThat(quiet.audit())
        .matches("C\\d+s: 9 placebos, 54 h, max M [1-4]\\.\\d, pods differ by 1\\.\\d\\d");
  }

  @Test
  void errorsThatComeInClumpsAreNotCountedOneByOne() {
    Calibration clumps = calibrate(past((group, step) -> random.nextInt(600) == 0 ? 0.2 : 0.0005));

    assertThat(clumps.method().factor()).isNotEqualTo(Factor.COUNT);
    assertThat(clumps.highest()).isLessThan(Placebos.MARGIN);
  }

  @Test
  void podsThatDifferForLongAreToleratedToDiffer() {
    double[] rates = {0.0005, 0.0007, 0.0008, 0.001, 0.001, 0.001, 0.0013, 0.0016, 0.002};

    Calibration differing = calibrate(past((group, step) -> rates[group]));

    assertThat(differing.ratio()).isBetween(2.5, 8.0);
    assertThat(differing.method().factor()).isEqualTo(Factor.COUNT);
  }

  @Test
  void dispersionIsWhatPodsHaveOfTheirOwnForMinutes() {
    // Half of the time twice as bad, in turns of an hour: the logarithm deviates by about a third.
    double found =
        Dispersion.of(past((group, step) -> (step / 720 + group) % 2 == 0 ? 0.002 : 0.001));

    assertThat(found).isCloseTo(0.34, within(0.05));
  }

  @Test
  void stormsThatPassAreNoDifferenceBetweenPods() {
    int[] left = new int[GROUPS];
    Past storms =
        past((group, step) -> {
          left[group] = left[group] > 0 ? left[group] - 1 : random.nextInt(160) == 0 ? 4 : 0;
          return left[group] > 0 ? 0.04 : 0;
        });

    assertThat(Dispersion.of(storms)).isLessThan(0.1);
  }

  @Test
  void withoutHistoryOrGroupsTheUnknownServiceIsJudgedWithCaution() {
    assertThat(calibrate(new Past(5, new int[0][], new int[0][]))).isEqualTo(Calibration.NONE);
    assertThat(calibrate(new Past(5, new int[2][720], new int[2][720])))
        .isEqualTo(Calibration.NONE);
    assertThat(Calibration.NONE.audit()).isEqualTo("no placebo: V60s");
  }

  @Test
  void aHistoryInLongStepsIsJudgedInStepsThatFit() {
    Past fine = past((group, step) -> 0.001);

    assertThat(calibrate(fine.in(30)).method().seconds() % 30).isZero();
  }

  @Test
  void theSameHistoryGivesTheSameCalibration() {
    Past past = past((group, step) -> 0.001);

    assertThat(calibrate(past)).isEqualTo(calibrate(past));
  }

  private static Calibration calibrate(Past past) {
    return new Placebos(Grid.ERRORS, Tolerance.ERRORS, 48 * 3600).calibrate(past);
  }

  private interface Rate {
    double of(int group, int step);
  }

  private Past past(Rate rate) {
    int[][] requests = new int[GROUPS][STEPS];
    int[][] bad = new int[GROUPS][STEPS];
    for (int group = 0; group < GROUPS; group++) {
      for (int step = 0; step < STEPS; step++) {
        requests[group][step] = 250;
        bad[group][step] = poisson(250 * rate.of(group, step));
      }
    }
    return new Past(5, requests, bad);
  }

  private int poisson(double mean) {
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
