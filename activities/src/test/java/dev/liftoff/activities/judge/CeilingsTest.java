package dev.liftoff.activities.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class CeilingsTest {
  private static final int STEPS = 12 * 720;

  @Test
  void aBaselineThatIsFarBelowIsCountedByTheRequest() {
    Calibration quiet = calibrate(step -> step % 4);

    assertThat(quiet.method()).isEqualTo(new Method(Factor.COUNT, 5, false));
    assertThat(quiet.highest()).isLessThan(1.5);
    assertThat(quiet.hours()).isEqualTo(12);
  }

  @Test
  void shortOutagesOfTheBaselineMakeItAVoteOfSomeSeconds() {
    Calibration bursts = calibrate(step -> step % 720 < 2 ? 200 : 0);

    assertThat(bursts.method().factor()).isEqualTo(Factor.VOTE);
    assertThat(bursts.highest()).isLessThan(Placebos.MARGIN);
  }

  @Test
  void aBaselineThatIsAboveIsRightForNoMethod() {
    assertThat(calibrate(_ -> 25).highest()).isGreaterThanOrEqualTo(Placebos.MARGIN);
  }

  @Test
  void scrapesThatAreFarApartAreJudgedInWholeSteps() {
    Calibration minutes =
        new Ceilings(0.05, 48 * 3600).calibrate(new Past(30, new int[1][100], new int[1][100]));

    assertThat(minutes.method()).isEqualTo(new Method(Factor.VOTE, 30, false));
  }

  private static Calibration calibrate(IntUnaryOperator bad) {
    int[][] requests = new int[1][STEPS];
    int[][] failed = new int[1][STEPS];
    for (int step = 0; step < STEPS; step++) {
      requests[0][step] = 250;
      failed[0][step] = bad.applyAsInt(step);
    }
    return new Ceilings(0.05, 48 * 3600).calibrate(new Past(5, requests, failed));
  }
}
