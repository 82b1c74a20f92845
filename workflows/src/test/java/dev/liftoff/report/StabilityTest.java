package dev.liftoff.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.Milestone;
import dev.liftoff.Outcome;
import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.report.Stability.Level;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.LaunchStatus.Judged;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StabilityTest {
  private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");
  private static final Reading GOOD = reading(Reading.State.OK);

  @Test
  void whatIsMeasuredAndWithinItsLimitsIsGreen() {
    assertThat(of(judged(new Verdict.Pass(), GOOD), watched(Watched.State.OK)))
        .isEqualTo("GREEN: every limit is held, 1 watched things are as they were before");
  }

  @Test
  void whatIsNotMeasuredOrWasMeasuredLongAgoIsAmber() {
    assertThat(of(null, watched(Watched.State.OK))).isEqualTo("AMBER: no limit was looked at yet");
    assertThat(of(judged(new Verdict.Pass(), reading(Reading.State.NO_DATA)), List.of()))
        .isEqualTo("AMBER: p95 is not measured: no series");
    assertThat(of(judged(new Verdict.Pass(), GOOD), watched(Watched.State.NO_DATA)))
        .isEqualTo("AMBER: request-rate is not compared: because");
    assertThat(
            of(
                new Judged(
                    new Verdict.Pass(), List.of(GOOD), NOW.minus(Duration.ofMinutes(14 * 60 + 5))),
                List.of()))
        .isEqualTo("AMBER: the last verdict is 14h old");
    assertThat(of(judged(new Verdict.NoData("no series"), GOOD), List.of()))
        .isEqualTo("AMBER: no data: no series");
  }

  @Test
  void aBreachOrAConcernIsAmberAndIsNamedOnce() {
    Concern concern = new Concern("request-rate as before", Response.HOLD, "request-rate: because");

    Stability stability =
        Stability.of(
            status(
                State.WAITING,
                judged(new Verdict.Pass(), GOOD),
                watched(Watched.State.BREACH),
                List.of(concern),
                null));

    assertThat(stability.level()).isEqualTo(Level.AMBER);
    assertThat(stability.reasons()).containsExactly("concern: hold: request-rate: because");
    assertThat(of(judged(new Verdict.Pass(), reading(Reading.State.BREACH)), List.of()))
        .isEqualTo("AMBER: p95 is beyond above 5");
  }

  @Test
  void aFailedVerdictOrAWayBackIsRed() {
    assertThat(of(judged(new Verdict.Fail("errors"), GOOD), List.of()))
        .isEqualTo("RED: the last verdict is fail: errors");
    assertThat(
            Stability.of(
                    status(
                        State.ENDED,
                        judged(new Verdict.Pass(), GOOD),
                        List.of(),
                        List.of(),
                        new Outcome.RolledBack(Milestone.GO_LIVE, "errors", List.of())))
                .toString())
        .isEqualTo("RED: rolled back: errors");
  }

  private static String of(@Nullable Judged judged, List<Watched> watched) {
    return Stability.of(status(State.WAITING, judged, watched, List.of(), null)).toString();
  }

  private static Judged judged(Verdict verdict, Reading reading) {
    return new Judged(verdict, List.of(reading), NOW);
  }

  private static Reading reading(Reading.State state) {
    return new Reading(
        Metric.P95,
        1.0,
        "above 5",
        state,
        100,
        NOW,
        state == Reading.State.NO_DATA ? "no series" : null);
  }

  private static List<Watched> watched(Watched.State state) {
    return List.of(
        new Watched("request-rate", state, Response.HOLD, 1.0, false, List.of(), NOW, "because"));
  }

  private static LaunchStatus status(
      State state,
      @Nullable Judged judged,
      List<Watched> watched,
      List<Concern> concerns,
      @Nullable Outcome outcome) {
    return new LaunchStatus(
        LaunchStatus.SCHEMA,
        new LaunchId("shop", "test", "v2", "1"),
        1,
        NOW,
        "ann",
        "v1",
        "v2",
        Milestone.CHECKPOINT_2H,
        state,
        "because",
        new LaunchStatus.Clock(NOW, NOW, Duration.ZERO, null),
        null,
        null,
        new LaunchStatus.Traffic(null, Weight.ALL, null, null),
        judged,
        List.of(),
        new LaunchStatus.Database(
            null, null, List.of(), null, false, List.of(), false, List.of(), null),
        List.of(),
        new LaunchStatus.WayBack(true, List.of(), List.of(), null),
        outcome,
        concerns,
        watched,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
