package dev.liftoff.activities.database.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LockScheduleTest {
  private final LockSchedule schedule = new LockSchedule(Duration.ofSeconds(2));

  @Test
  void theFirstAttemptsAreShortAndNoneExceedsTheSchedule() {
    assertThat(IntStream.range(0, 12).mapToObj(schedule::lockTimeout).map(Duration::toMillis))
        .containsExactly(
            200L, 200L, 500L, 500L, 1000L, 1000L, 2000L, 2000L, 2000L, 2000L, 2000L, 2000L);
  }

  @Test
  void thePlansLimitIsNeverExceeded() {
    LockSchedule hurried = new LockSchedule(Duration.ofMillis(300));

    assertThat(IntStream.range(0, 12).mapToObj(hurried::lockTimeout))
        .allMatch(wait -> wait.compareTo(Duration.ofMillis(300)) <= 0)
        .contains(Duration.ofMillis(200));
  }

  @Test
  void pausesGrowFromATenthOfASecondToThirty() {
    Random random = new Random(1);

    assertThat(schedule.pause(0, random).toMillis()).isBetween(50L, 100L);
    assertThat(schedule.pause(3, random).toMillis()).isBetween(400L, 800L);
    assertThat(schedule.pause(500, random).toMillis()).isBetween(15_000L, 30_000L);
    assertThat(IntStream.range(0, 20).mapToObj(each -> schedule.pause(3, random)).distinct())
        .hasSizeGreaterThan(10);
  }
}
