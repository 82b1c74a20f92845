package dev.liftoff.activities.database.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.Progress;
import dev.liftoff.database.ThrottleSpec;
import dev.liftoff.database.Throttled;
import dev.liftoff.metrics.Measurement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegulatorTest {
  private static final long MIB = 1 << 20;

  private final Pace pace = new Pace();
  private final Progress progress = new Progress();
  private Measurement p95 = new Measurement.Value(0.1);
  private long now;
  private Regulator regulator;

  @BeforeEach
  void begin() {
    Governor governor = new Governor(0.1, new ThrottleSpec(ThrottleSpec.When.P95, 1.5, MIB));
    regulator = new Regulator(0.1, () -> p95, governor, pace, progress, () -> now);
  }

  @Test
  void thePaceFollowsFromTheSpeedSinceTheLookBefore() throws Exception {
    look(0.1, 10, 10);
    look(0.9, 10, 80);

    assertThat(pace.rate()).isEqualTo(4 * MIB);
    assertThat(progress.toString()).isEqualTo("starting, slowed to 4.0 MiB/s");
  }

  @Test
  void onlyTheTimeBetweenSlowingAndFullSpeedCounts() throws Exception {
    look(0.1, 10, 80);
    look(0.9, 10, 80);
    look(0.1, 7, 28);

    assertThat(pace.rate()).isEqualTo(Pace.OPEN);
    now += Duration.ofSeconds(100).toNanos();
    assertThat(regulator.evidence())
        .isEqualTo(new Throttled(0.1, 0.9, Duration.ofSeconds(7), 3, 0, null));
    assertThat(progress.toString()).isEqualTo("starting");
  }

  @Test
  void timeThatIsStillSlowedCountsTooAndLooksWithoutAnswerAreTold() throws Exception {
    look(0.9, 10, 80);
    p95 = new Measurement.Missing("prometheus does not answer");
    now += Duration.ofSeconds(10).toNanos();
    regulator.look();
    now += Duration.ofSeconds(2).toNanos();

    assertThat(regulator.evidence().sentence())
        .isEqualTo(
            "slowed for 12 s, p95 at worst 0.900 s, 0.100 s before, 1 of 2 looks without data");
  }

  private void look(double seconds, int later, long megabytes) throws InterruptedException {
    long was = pace.rate();
    pace.set(Pace.OPEN);
    pace.take(megabytes * MIB);
    pace.set(was);
    now += Duration.ofSeconds(later).toNanos();
    p95 = new Measurement.Value(seconds);
    regulator.look();
  }
}
