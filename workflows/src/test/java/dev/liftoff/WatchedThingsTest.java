package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What follows from the watched things of the runbook: questions and lines, never a rollback. */
class WatchedThingsTest {
  private static final String RATE = "\"request-rate\": {\"query\": \"rate\"}";

  @RegisterExtension final LaunchPad pad = new LaunchPad();
  private final Instant start = pad.clock();

  @Test
  @Recorded
  void aRequestRateThirtyPercentLowerThanBeforeHoldsAtTheFirstValidationAndAsks() {
    withoutGuard();
    pad.metrics.watched("request-rate", at -> beforeTraffic(at) ? 200.0 : 140.0);
    pad.start(watching(RATE));

    pad.await(State.HELD);

    assertThat(pad.status().milestone()).isEqualTo(Milestone.VALIDATION_15M);
    assertThat(pad.status().because())
        .isEqualTo(
            "held by liftoff: validation-15m: request-rate: 140 is beyond 10 % of 200 before the launch (-30 %) and 200 at the same hour 1 day before (-30 %) and 200 at the same hour 7 days before (-30 %); resume goes on, rollback brings traffic back");
    assertThat(pad.told()).contains("HELD: PAUSE AND INVESTIGATE");
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(holds()).as("who resumed has decided").isOne();
  }

  @Test
  void whatIsAsItWasBeforeIsShownAndHoldsNothing() {
    pad.launch(watching(RATE));

    assertThat(pad.timeline())
        .contains(
            "STEP liftoff: watched before the launch: request-rate 100",
            "STEP liftoff: watched: request-rate 100, was 100");
    assertThat(pad.status().watched().stream().map(Watched::line))
        .containsExactly(
            "OK request-rate: 100 is within 10 % of 100 before the launch (0 %) and 100 at the same hour 1 day before (0 %) and 100 at the same hour 7 days before (0 %)");
    assertThat(holds()).isZero();
  }

  @Test
  void whatFallsAtThisHourOfEveryDayIsNoBreach() {
    Instant evening = start.minus(Duration.ofMinutes(90));
    pad.metrics.watched(
        "request-rate", at -> at.isAfter(evening) && beforeTraffic(at) ? 200.0 : 140.0);

    assertThat(pad.launch(watching(RATE))).isInstanceOf(Outcome.Launched.class);

    assertThat(holds()).isZero();
    assertThat(pad.status().watched().getFirst().reason())
        .startsWith("140 is within 10 % of 140 at the same hour 1 day before");
  }

  @Test
  void aBusinessMetricOfYourOwnAsksWithAClock() {
    pad.metrics.watched("orders-per-minute", at -> beforeTraffic(at) ? 60.0 : 30.0);
    pad.start(
        watching(
            "\"orders-per-minute\": {\"query\": \"orders\", \"within\": \"20%\", \"direction\": \"down\", \"then\": \"ask\"}"));

    pad.await(State.HELD);

    assertThat(pad.told()).contains("DECIDE WITHIN 5m");
    pad.await(State.NEEDS_HUMAN);
    assertThat(pad.traffic.weights().weight(Slot.GREEN)).isEqualTo(Weight.ALL);
    pad.tell("rollback");
    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  void memoryThatGrowsHolds() {
    pad.metrics.watched(
        "memory",
        at -> 500.0 + (beforeTraffic(at) ? 0 : Duration.between(start, at).toSeconds() / 10.0));
    pad.start(watching("\"memory\": {\"query\": \"memory\", \"over\": \"4m\"}"));

    pad.await(State.HELD);

    assertThat(pad.status().because()).contains("memory: grows by ", "% an hour, 5 % may be");
    assertThat(pad.status().watched().getFirst().trend()).isTrue();
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void whatIsNotMeasuredIsNeverGreenAndAskedAboutOnce() {
    pad.metrics.watched("request-rate", at -> beforeTraffic(at) ? 200.0 : null);
    pad.start(watching(RATE));

    pad.await(State.HELD);

    assertThat(pad.status().because())
        .startsWith(
            "held by liftoff: validation-15m could not be measured: request-rate is not measured: measured at ")
        .endsWith("resume looks again, promote goes on without it");
    assertThat(pad.status().watched().getFirst().state()).isEqualTo(Watched.State.NO_DATA);
    pad.tell("promote");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(holds()).isOne();
  }

  @Test
  void whatHasNoBaselineAtAllIsNoDataAndNoBreach() {
    pad.metrics.watched("request-rate", at -> beforeTraffic(at) ? null : 200.0);
    pad.start(watching(RATE));

    pad.await(State.HELD);

    assertThat(pad.timeline())
        .anyMatch(line ->
            line.startsWith(
                "STEP liftoff: watched before the launch: request-rate not measured: "));
    assertThat(pad.status().because()).contains("200 has nothing to be compared with");
    assertThat(pad.status().concerns()).isEmpty();
    pad.tell("promote");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void whatIsOnlyReportedHoldsNothing() {
    withoutGuard();
    pad.metrics.watched("p95", at -> beforeTraffic(at) ? 0.1 : 0.4);

    assertThat(pad.launch(watching("\"p95\": null"))).isInstanceOf(Outcome.Launched.class);

    assertThat(holds()).isZero();
    assertThat(pad.timeline())
        .anyMatch(line ->
            line.startsWith(
                "STEP liftoff: watched: BREACH p95: 0.4 is beyond 20 % or 0.05 of 0.1"));
    assertThat(pad.status().concerns()).hasSize(1);
  }

  @Test
  @Recorded
  void theGateOfAReviewAsksWithEveryThingAmongItsFacts() {
    pad.metrics.watched(
        "request-rate", at -> at.isBefore(start.plus(Duration.ofMinutes(30))) ? 200.0 : 100.0);
    pad.start(
        watching(
            RATE + ", \"disk\": {\"above\": 100}",
            plan -> Plans.gate(plan, Milestone.REVIEW_48H, "{\"roles\": [\"commander\"]}")));
    pad.await(State.HELD);
    pad.tell("resume");

    pad.awaitGate(Milestone.REVIEW_48H);

    List<String> facts =
        pad.notifier.announcements().stream()
            .filter(one -> one.title().equals("GO / NO-GO at review-48h"))
            .findFirst()
            .orElseThrow()
            .facts();
    assertThat(facts)
        .anyMatch(fact -> fact.startsWith("BREACH request-rate: 100 is beyond 10 % of 200"))
        .anyMatch(fact -> fact.equals("OK disk: 100 is not above 100"));
    pad.decide(Milestone.REVIEW_48H, "go");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  @Recorded
  void theGuardHoldsForWhatChangesBetweenTheMilestonesAndSaysWhenItIsOver() {
    Instant from = start.plus(Duration.ofHours(3));
    Instant to = start.plus(Duration.ofHours(8));
    pad.metrics.watched("request-rate", at -> at.isBefore(from) || at.isAfter(to) ? 200.0 : 140.0);
    pad.start(
        watching(
            RATE,
            plan -> {
              plan.withObject("/offsets").put("checkpoint-4h", "4h");
              plan.withObject("/offsets").put("review-24h", "13h");
              plan.withObject("/offsets").put("review-48h", "14h");
              plan.withObject("/offsets").put("retrospective", "15h");
            }));

    pad.await(State.HELD);

    assertThat(pad.status().because())
        .containsPattern("guard: request-rate: 1[45][0-9.]* is beyond 10 % of 200 before");
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(holds()).isOne();
    assertThat(pad.timeline()).anyMatch(line -> line.endsWith("request-rate as before is over"));
  }

  @Test
  void silenceAfterABreachIsNoRecoveryAndAsksNobodyAgain() {
    Instant from = start.plus(Duration.ofHours(3));
    pad.metrics.watched(
        "request-rate",
        at ->
            at.isAfter(from.plus(Duration.ofHours(1)))
                    && at.isBefore(from.plus(Duration.ofHours(3)))
                ? null
                : at.isBefore(from) ? 200.0 : 140.0);
    pad.start(
        watching(
            RATE,
            plan -> {
              plan.withObject("/limits").put("hold", "2d");
              plan.withObject("/offsets").put("review-48h", "12h").put("retrospective", "13h");
            }));
    pad.await(State.HELD);
    assertThat(pad.clock()).isAfter(start.plus(Duration.ofHours(11)));

    pad.tell("resume");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(holds()).isOne();
    assertThat(pad.timeline()).noneMatch(line -> line.endsWith("is over"));
  }

  @Test
  void aComparisonThatCannotRunIsNoDataAndNoRollback() {
    withoutGuard();
    AtomicInteger calls = new AtomicInteger();
    pad.turnstile.before(
        "MetricsCompare",
        () -> {
          calls.incrementAndGet();
          throw new IllegalStateException("a bug");
        });
    pad.start(watching(RATE));

    pad.await(State.HELD);

    assertThat(pad.status().milestone()).isEqualTo(Milestone.VALIDATION_15M);
    assertThat(pad.status().because()).contains("request-rate is not measured: ", "a bug");
    assertThat(calls.get()).isGreaterThan(1);
    pad.tell("promote");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aLaunchWithoutWatchedThingsAsksNothing() {
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(pad.turnstile.times("MetricsBaselines")).isZero();
    assertThat(pad.turnstile.times("MetricsCompare")).isZero();
  }

  /** The simulated guard sees the end of its window at once, which is after the milestone. */
  private void withoutGuard() {
    AtomicInteger soaks = new AtomicInteger();
    pad.turnstile.before(
        "MetricsWatch",
        () -> {
          if (soaks.incrementAndGet() > 2) {
            throw new IllegalStateException("the worker of the guard is away");
          }
        });
  }

  private boolean beforeTraffic(Instant at) {
    return at.isBefore(start.plus(Duration.ofMinutes(2)));
  }

  private long holds() {
    return pad.timeline().stream().filter(line -> line.startsWith("COMMAND liftoff: hold")).count();
  }

  private static PlanDocument watching(String things) {
    return watching(things, _ -> {});
  }

  private static PlanDocument watching(String things, Consumer<ObjectNode> change) {
    return Plans.brief(plan -> {
      plan.withObject("/metrics").set("watched", Plans.json("{\"things\": {" + things + "}}"));
      change.accept(plan);
    });
  }
}
