package dev.liftoff.activities.database.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.database.ThrottleSpec;
import dev.liftoff.metrics.Measurement;
import org.junit.jupiter.api.Test;

class GovernorTest {
  private static final long MIB = 1 << 20;
  private static final long SPEED = 64 * MIB;
  private static final Measurement SUFFERING = new Measurement.Value(0.31);
  private static final Measurement FINE = new Measurement.Value(0.30);
  private static final Measurement UNKNOWN = new Measurement.Missing("no data");

  private final Governor governor =
      new Governor(0.2, new ThrottleSpec(ThrottleSpec.When.P95, 1.5, 4 * MIB));

  @Test
  void aServiceAsFastAsBeforeSlowsNothing() {
    assertThat(governor.next(FINE, SPEED)).isEqualTo(Pace.OPEN);
    assertThat(governor.next(FINE, SPEED)).isEqualTo(Pace.OPEN);
  }

  @Test
  void withEachLookAtAServiceThatSuffersTheSpeedIsHalved() {
    assertThat(governor.next(SUFFERING, SPEED)).isEqualTo(32 * MIB);
    assertThat(governor.next(SUFFERING, 32 * MIB)).isEqualTo(16 * MIB);
    assertThat(governor.next(SUFFERING, 3 * MIB)).isEqualTo(8 * MIB);
  }

  @Test
  void itIsNeverSlowerThanTheFloor() {
    for (int look = 0; look < 20; look++) {
      assertThat(governor.next(SUFFERING, SPEED)).isGreaterThanOrEqualTo(4 * MIB);
    }
    assertThat(governor.next(SUFFERING, SPEED)).isEqualTo(4 * MIB);
  }

  @Test
  void whatWasSlowerThanTheFloorAnywayIsNotSlowedBelowIt() {
    assertThat(governor.next(SUFFERING, MIB)).isEqualTo(4 * MIB);
    assertThat(governor.next(FINE, MIB)).isEqualTo(Pace.OPEN);
  }

  @Test
  void withEachLookAtAServiceThatRecoveredTheSpeedIsDoubledUntilItIsWhatItWas() {
    governor.next(SUFFERING, SPEED);
    governor.next(SUFFERING, SPEED);
    governor.next(SUFFERING, SPEED);

    assertThat(governor.next(FINE, 8 * MIB)).isEqualTo(16 * MIB);
    assertThat(governor.next(FINE, 16 * MIB)).isEqualTo(32 * MIB);
    assertThat(governor.next(FINE, 32 * MIB)).isEqualTo(Pace.OPEN);
  }

  @Test
  void whatIsNotMeasuredIsNoReasonToSlowDownAndNoRecovery() {
    assertThat(governor.next(UNKNOWN, SPEED)).isEqualTo(Pace.OPEN);
    governor.next(SUFFERING, SPEED);

    assertThat(governor.next(UNKNOWN, SPEED)).isEqualTo(32 * MIB);
    assertThat(governor.next(FINE, SPEED)).isEqualTo(Pace.OPEN);
  }

  @Test
  void aServiceThatSuffersWhileNothingIsReadDoesNotSufferFromIt() {
    assertThat(governor.next(SUFFERING, 0)).isEqualTo(Pace.OPEN);
  }
}
