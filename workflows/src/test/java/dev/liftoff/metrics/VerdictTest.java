package dev.liftoff.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Verdict PASS = new Verdict.Pass();
  private static final Verdict NOT_YET = new Verdict.NotYet("soon");
  private static final Verdict HOLD = new Verdict.Hold("differs");
  private static final Verdict NO_DATA = new Verdict.NoData("blind");
  private static final Verdict FAIL = new Verdict.Fail("bad");

  @Test
  void theWorseOfTwoCounts() {
    Verdict[] worse = {PASS, NOT_YET, HOLD, NO_DATA, FAIL};
    for (int one = 0; one < worse.length; one++) {
      for (int other = 0; other < worse.length; other++) {
        assertThat(worse[one].and(worse[other])).isEqualTo(worse[Math.max(one, other)]);
      }
    }
  }

  @Test
  void ofTwoThatAreEqualTheFirstIsTold() {
    assertThat(FAIL.and(new Verdict.Fail("worse"))).isEqualTo(FAIL);
  }
}
