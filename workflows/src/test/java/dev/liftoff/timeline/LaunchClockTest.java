package dev.liftoff.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.Milestone;
import dev.liftoff.Plans;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.PlanReader;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LaunchClockTest {
  private static final Instant HOUR = Instant.parse("2026-11-22T20:00:00Z");

  @Test
  void withoutAnHourNothingIsDueBeforeTrafficMoves() {
    LaunchClock clock = clock(null);

    assertThat(clock.due(Milestone.PREFLIGHT)).isNull();
    assertThat(clock.due(Milestone.REVIEW_24H)).isNull();
  }

  @Test
  void withAnHourMilestonesCountFromIt() {
    assertThat(clock(HOUR).due(Milestone.PREFLIGHT)).isEqualTo(HOUR.minus(Duration.ofHours(1)));
  }

  @Test
  void afterTrafficMovedTheyCountFromThen() {
    LaunchClock clock = clock(HOUR);
    clock.zero(HOUR.plusSeconds(90));

    assertThat(clock.due(Milestone.REVIEW_24H)).isEqualTo(HOUR.plusSeconds(90 + 86_400));
  }

  @Test
  void aHoldMovesWhatFollows() {
    LaunchClock clock = clock(HOUR);
    clock.stop(HOUR.minusSeconds(1_000));
    clock.go(HOUR.minusSeconds(700));

    assertThat(clock.planned()).isEqualTo(HOUR.plusSeconds(300));
    assertThat(clock.heldFor(HOUR)).isEqualTo(Duration.ofSeconds(300));
  }

  @Test
  void severalHoldsAddUp() {
    LaunchClock clock = clock(HOUR);
    clock.stop(HOUR);
    clock.go(HOUR.plusSeconds(10));
    clock.stop(HOUR.plusSeconds(20));
    clock.go(HOUR.plusSeconds(50));

    assertThat(clock.heldFor(HOUR.plusSeconds(60))).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void aHoldThatStraddlesTrafficCountsOnlyFromThen() {
    LaunchClock clock = clock(null);
    clock.stop(HOUR.minusSeconds(100));
    clock.zero(HOUR);
    clock.go(HOUR.plusSeconds(40));

    assertThat(clock.heldFor(HOUR.plusSeconds(60))).isEqualTo(Duration.ofSeconds(40));
    assertThat(clock.due(Milestone.HAND_OVER)).isEqualTo(HOUR.plusSeconds(3_600 + 40));
  }

  @Test
  void theClockIsReadAsPeopleSayIt() {
    LaunchClock clock = clock(null);

    assertThat(clock.text(HOUR, null)).isEmpty();
    assertThat(clock.text(HOUR, Milestone.MIGRATE)).isEqualTo("T-15m");
    assertThat(clock.text(HOUR, Milestone.GO_LIVE)).isEqualTo("T+0");
    clock.zero(HOUR);
    assertThat(clock.text(HOUR.plusSeconds(725), Milestone.GO_LIVE)).isEqualTo("T+00:12:05");
    assertThat(clock.text(HOUR.plus(Duration.ofDays(7)), Milestone.RETROSPECTIVE))
        .isEqualTo("T+168:00:00");
  }

  private static LaunchClock clock(Instant launchAt) {
    var plan = Plans.small();
    if (launchAt != null) {
      plan.put("launchAt", launchAt.toString());
    }
    try {
      return new LaunchClock(PlanReader.read(plan));
    } catch (InvalidPlan wrong) {
      throw new AssertionError(wrong);
    }
  }
}
