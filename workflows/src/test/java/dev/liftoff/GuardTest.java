package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.Metric;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The levels of the runbook, each in a whole launch. */
class GuardTest {
  private static final double MONITOR = 0.015;
  private static final double INVESTIGATE = 0.03;
  private static final double BROKEN = 0.06;

  /**
   * Not when a window ends: the test server refuses a workflow task that cancels a timer at the
   * moment at which it fires, and the launch stands still. The real one does not.
   */
  private static final Duration UNEVEN = Duration.ofHours(2).plusSeconds(17);

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void betweenOneAndTwoPercentIsReportedOnceAndGoesOn() {
    pad.metrics.seeing(Metric.ERROR_RATE, MONITOR);

    assertThat(pad.launch(new PlanDocument(Plans.brief()))).isInstanceOf(Outcome.Launched.class);

    assertThat(pad.timeline().stream().filter(line -> line.contains(": report: error-rate")))
        .hasSize(1)
        .allMatch(line ->
            line.contains("soak at 25 %: report: error-rate above 0.01 for 2 min: 0.01500 of"));
    assertThat(holds()).isZero();
  }

  @Test
  @Recorded
  void betweenTwoAndFivePercentHoldsOnceAndTheCommanderWhoResumesIsNotAskedAgain() {
    pad.metrics.seeing(Metric.ERROR_RATE, INVESTIGATE);
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.HELD);
    assertThat(pad.status().because())
        .startsWith("held by liftoff: soak at 25 %: error-rate above 0.02 for 2 min: 0.03000 of");
    assertThat(pad.told()).contains("HELD: PAUSE AND INVESTIGATE");

    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(holds()).isOne();
  }

  @Test
  @Recorded
  void aBreachThatHasEndedAndComesBackHoldsAgain() {
    // The simulated guard sees the end of its window at once: they must not be longer than a pause.
    pad.start(long48h(plan -> plan.withObject("/limits").put("guardWindow", "10m")));
    pad.awaitNext(Milestone.REVIEW_24H);
    pad.metrics.seeing(Metric.ERROR_RATE, INVESTIGATE);
    pad.sleep(UNEVEN);
    assertThat(pad.status().state()).isEqualTo(State.HELD);
    pad.tell("resume");
    pad.sleep(UNEVEN);
    assertThat(pad.status().state()).as("it goes on").isEqualTo(State.WAITING);

    pad.metrics.seeing(Metric.ERROR_RATE, 0);
    pad.sleep(UNEVEN);
    assertThat(pad.status().concerns()).isEmpty();
    pad.metrics.seeing(Metric.ERROR_RATE, INVESTIGATE);
    pad.sleep(UNEVEN);

    assertThat(pad.status().state()).isEqualTo(State.HELD);
    assertThat(holds()).isEqualTo(2);
    pad.metrics.healthy();
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aHigherLevelHoldsAgain() {
    pad.metrics.seeing(Metric.ERROR_RATE, INVESTIGATE);
    pad.start(
        Plans.brief(plan ->
            limits(
                plan,
                "{\"metric\": \"error-rate\", \"above\": 0.02, \"then\": \"hold\"}",
                "{\"metric\": \"error-rate\", \"above\": 0.04, \"then\": \"ask\"}")));
    pad.await(State.HELD);
    pad.metrics.seeing(Metric.ERROR_RATE, 0.045);

    pad.tell("resume");
    pad.await("asked", _ -> pad.told().contains("DECIDE WITHIN 5m"));
    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(holds()).isEqualTo(2);
  }

  @Test
  @Recorded
  void moreThanFivePercentRollsBackEvenWhileItIsHeld() {
    pad.metrics.seeing(Metric.ERROR_RATE, INVESTIGATE);
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(State.HELD);

    pad.metrics.seeing(Metric.ERROR_RATE, BROKEN);

    Outcome outcome = pad.outcome();
    assertThat(((Outcome.RolledBack) outcome).reason())
        .startsWith("error-rate above 0.05 for 2 min: 0.06000 of");
    assertThat(pad.traffic.weights().weight(Slot.BLUE)).isEqualTo(Weight.ALL);
  }

  @Test
  @Recorded
  void theGuardRollsBackHoursAfterTrafficEvenWhileAPersonHolds() {
    pad.database.upToDate();
    pad.start(long48h());
    pad.awaitNext(Milestone.REVIEW_24H);
    pad.tell("hold");
    pad.sleep(Duration.ofHours(1));

    pad.metrics.seeing(Metric.ERROR_RATE, BROKEN);

    Outcome outcome = pad.outcome();
    assertThat(((Outcome.RolledBack) outcome).reason())
        .startsWith("guard: error-rate above 0.05 for 2 min");
  }

  @Test
  @Recorded
  void inShadowNothingFollowsButALine() {
    pad.metrics.seeing(Metric.ERROR_RATE, BROKEN);
    pad.start(
        Plans.brief(plan ->
            limits(
                plan,
                "{\"metric\": \"error-rate\", \"above\": 0.05, \"shadow\": true}",
                "{\"metric\": \"p95\", \"above\": 5}")));
    pad.await("T+0", status -> status.clock().actual() != null);
    assertThat(pad.status().concerns()).hasSize(1).allMatch(Concern::shadow);

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);

    assertThat(pad.timeline().stream().filter(line -> line.contains("not acted on: shadow")))
        .hasSize(1)
        .allMatch(line -> line.contains("would roll back (not acted on: shadow): error-rate"));
  }

  @Test
  @Recorded
  void aFullDiskAsksForFiveMinutesAndThenCallsForHelpAndNeverGoesOnAlone() {
    pad.start(
        Plans.brief(
            plan -> plan.withObject("/metrics").withObject("/queries").put("disk", "disk_used")));
    pad.awaitNext(Milestone.VALIDATION_30M);
    pad.metrics.seeing(Metric.DISK, 0.99);

    pad.await("asked", _ -> pad.told().contains("DECIDE WITHIN 5m"));
    Instant asked = pad.clock();
    pad.await(State.NEEDS_HUMAN);
    assertThat(Duration.between(asked, pad.clock())).isLessThan(Duration.ofMinutes(6));
    assertThat(pad.status().because())
        .startsWith("nobody answered within 5m: guard: disk above 0.95 for 1 min: 0.9900");
    pad.sleep(Duration.ofHours(3).plusSeconds(41));
    assertThat(pad.traffic.weights().weight(Slot.GREEN)).isEqualTo(Weight.ALL);
    assertThat(pad.status().state()).isEqualTo(State.NEEDS_HUMAN);
    assertThat(pad.told().stream().filter("NEEDS A HUMAN"::equals)).hasSizeGreaterThan(10);
    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void aCriticalAlertRollsBack() {
    pad.start(
        Plans.brief(plan ->
            plan.withObject("/metrics")
                .withObject("/queries")
                .put("critical-alerts", "prometheus")));
    pad.await(State.SOAKING);
    pad.metrics.seeing(Metric.CRITICAL_ALERTS, 1);

    assertThat(((Outcome.RolledBack) pad.outcome()).reason())
        .isEqualTo("critical-alerts above 0.0 for 1 min: 1.000");
  }

  @Test
  @Recorded
  void aGlimpseOfTroubleAtAMilestoneIsWatchedAndForgiven() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.turnstile.beforeNext("MetricsRead", () -> pad.metrics.seeing(Metric.ERROR_RATE, 0.5));
    pad.turnstile.after("MetricsRead", pad.metrics::healthy);

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void troubleThatLastsAtAMilestoneRollsBack() {
    pad.start(new PlanDocument(Plans.brief()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.turnstile.before("MetricsRead", () -> pad.metrics.seeing(Metric.ERROR_RATE, 0.5));

    assertThat(((Outcome.RolledBack) pad.outcome()).reason())
        .contains("error-rate above 0.05 for 2 min: 0.5000 of 100000 samples");
  }

  @Test
  void theWholeGuardStaysSmallAndSlowsDownWhileAllIsWell() {
    assertThat(pad.launch(new PlanDocument(Plans.small()))).isInstanceOf(Outcome.Launched.class);

    List<HistoryEvent> history = pad.history();
    assertThat(history).hasSizeLessThan(1_000);
    assertThat(history.stream().mapToInt(HistoryEvent::getSerializedSize).max().orElseThrow())
        .isLessThan(20_000);
    assertThat(history.stream().mapToInt(HistoryEvent::getSerializedSize).sum())
        .isLessThan(1_000_000);
    // An hour at 10 s, five at 30 s, 42 at 5 min, and one look more for each window.
    assertThat(guardLooks(history)).isBetween(360 + 600 + 504, 1_600);
  }

  @Test
  void aBreachThatComesAndGoesForTwoDaysDoesNotFillTheHistory() {
    pad.start(long48h());
    pad.awaitNext(Milestone.REVIEW_24H);
    int before = pad.events();
    pad.metrics.seeing(Metric.ERROR_RATE, now -> now.getEpochSecond() / 180 % 2 * INVESTIGATE);
    pad.sleep(Duration.ofHours(2));
    assertThat(pad.status().state()).isEqualTo(State.HELD);

    pad.sleep(Duration.ofHours(48));

    // Not more than a calm guard has, and a call for help now and then.
    assertThat(pad.events() - before).isLessThan(800);
    pad.tell("rollback");
    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  private static int guardLooks(List<HistoryEvent> history) {
    List<Long> guards =
        history.stream()
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .filter(event -> LaunchPad.summary(event).startsWith("guard, "))
            .map(HistoryEvent::getEventId)
            .toList();
    return history.stream()
        .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
        .map(HistoryEvent::getActivityTaskCompletedEventAttributes)
        .filter(done -> guards.contains(done.getScheduledEventId()))
        .mapToInt(done ->
            json(done.getResult().getPayloads(0).getData().toStringUtf8()).get("looks").asInt())
        .sum();
  }

  private static JsonNode json(String text) {
    try {
      return Payloads.mapper().readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }

  private static void limits(ObjectNode plan, String... limits) {
    var list = plan.withObject("/metrics").putArray("limits");
    for (String limit : limits) {
      list.add(Plans.json(limit));
    }
  }

  private static PlanDocument long48h() {
    return long48h(_ -> {});
  }

  private static PlanDocument long48h(Consumer<ObjectNode> change) {
    return Plans.brief(plan -> {
      plan.withObject("/offsets")
          .put("review-24h", "24h")
          .put("review-48h", "48h")
          .put("retrospective", "7d");
      change.accept(plan);
    });
  }

  private long holds() {
    return pad.timeline().stream()
        .filter(line -> line.startsWith("COMMAND liftoff: hold:"))
        .count();
  }
}
