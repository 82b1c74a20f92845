package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Occasion;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.status.Checkpoint;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The reviews of a day and of two: declared stable, or looked at again later. */
class ReviewTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aReviewThatIsExtendedTwiceAsksAtNewCheckpointsAndThenIsDeclaredStable() {
    pad.start(reviewed("{}"));
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.awaitGate(Milestone.REVIEW_48H);
    Instant zero = pad.status().clock().actual();

    assertThat(extend(null).message())
        .isEqualTo(
            "review-48h asks again at the checkpoint T+72h, %s; until then the guard goes on and the old version stays ready"
                .formatted(zero.plus(Duration.ofHours(72))));
    pad.await("waiting for T+72h", status -> isNext(status, "T+72h"));
    assertThat(pad.status().next())
        .isEqualTo(
            new LaunchStatus.Next(Milestone.REVIEW_48H, zero.plus(Duration.ofHours(72)), "T+72h"));
    assertThat(pad.status().wayBack().open()).isTrue();
    pad.awaitGate(Milestone.REVIEW_48H);
    assertThat(Duration.between(zero, pad.clock())).isGreaterThanOrEqualTo(Duration.ofHours(72));
    extend("36h");
    pad.await("waiting for T+108h", status -> isNext(status, "T+108h"));
    assertThat(pad.containers.exists("shop-test-blue")).as("the old version is ready").isTrue();
    pad.decide(Milestone.REVIEW_48H, "go");

    assertThat(pad.outcome()).isEqualTo(new Outcome.Launched("v2", List.of()));
    assertThat(pad.status().checkpoints())
        .containsExactly(
            new Checkpoint(
                Milestone.REVIEW_48H, "T+72h", zero.plus(Duration.ofHours(72)), "ann: not sure"),
            new Checkpoint(
                Milestone.REVIEW_48H, "T+108h", zero.plus(Duration.ofHours(108)), "ann: not sure"));
    assertThat(pad.timeline())
        .containsSubsequence(
            "COMMAND ann: extend: not sure",
            "MILESTONE liftoff: checkpoint T+72h of review-48h: look again, and ask again",
            "COMMAND ann: extend: not sure",
            "MILESTONE liftoff: checkpoint T+108h of review-48h: look again, and ask again",
            "DECISION ann: go at review-48h, as commander: all seen");
    assertThat(pad.told())
        .containsSubsequence(
            "GO / NO-GO at review-48h",
            "EXTENDED until T+72h",
            "GO / NO-GO at review-48h",
            "EXTENDED until T+108h",
            "GO / NO-GO at review-48h",
            "SETTLED");
  }

  @Test
  void aReviewOfADayIsExtendedByACheckpointBeforeTheNextOne() {
    pad.start(reviewed("{}"));
    pad.awaitGate(Milestone.REVIEW_24H);

    assertThat(pad.refusal("extend", more("24h")))
        .isEqualTo(
            "T+48h would not be before the review at T+48h, which asks anyway: extend by less, or there");
    extend(null);
    pad.await("waiting for T+36h", status -> isNext(status, "T+36h"));
    assertThat(pad.told()).contains("EXTENDED until T+36h");
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.decide(Milestone.REVIEW_48H, "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void theGuardRollsBackBetweenTwoCheckpoints() {
    pad.database.upToDate();
    pad.start(reviewed("{}"));
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.awaitGate(Milestone.REVIEW_48H);
    extend("2d");
    pad.await("waiting for T+96h", status -> isNext(status, "T+96h"));
    pad.metrics.failingAt(Weight.ALL);

    assertThat(((Outcome.RolledBack) pad.outcome()).reason()).startsWith("guard: ");
    assertThat(pad.traffic.weights().weight(Slot.BLUE)).isEqualTo(Weight.ALL);
  }

  @Test
  void aHoldMovesTheCheckpointAndAPromoteSkipsTheWait() {
    pad.start(reviewed("{}"));
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.awaitGate(Milestone.REVIEW_48H);
    extend("1d");
    pad.await("waiting for T+72h", status -> isNext(status, "T+72h"));
    Instant before = pad.status().next().at();
    pad.tell("hold");
    pad.sleep(Duration.ofMinutes(77));
    pad.tell("resume");
    pad.await("waiting for T+72h", status -> isNext(status, "T+72h"));

    assertThat(Duration.between(before, pad.status().next().at()))
        .isBetween(Duration.ofMinutes(77), Duration.ofMinutes(78));
    pad.tell("promote");
    pad.awaitGate(Milestone.REVIEW_48H);
    assertThat(pad.clock()).isBefore(before);
    pad.decide(Milestone.REVIEW_48H, "go");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aGateThatAskedForHelpStillTakesAnExtensionWithItsWholeTime() {
    pad.start(reviewed("{}"));
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.await(LaunchStatus.State.NEEDS_HUMAN);

    extend("1h");

    Instant zero = pad.status().clock().actual();
    pad.await("waiting", status -> status.next() != null);
    assertThat(pad.status().next().at()).isAfter(pad.clock().plus(Duration.ofMinutes(55)));
    assertThat(Duration.between(zero, pad.status().next().at()))
        .isGreaterThan(Duration.ofHours(53));
    pad.decide(Milestone.REVIEW_48H, "go");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void noMoreThanThePlanAllowsAndNothingAbsurd() {
    pad.start(reviewed("{\"extension\": \"30h\"}"));
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.awaitGate(Milestone.REVIEW_48H);

    assertThat(pad.refusal("extend", more("-5m")))
        .isEqualTo("duration must be between 1m and 1d6h, was '-5m'");
    assertThat(pad.refusal("extend", more("999999d")))
        .isEqualTo("duration must be between 1m and 1d6h, was '999999d'");
    assertThat(pad.refusal("extend", more("soon"))).startsWith("duration must be a duration");
    assertThat(pad.refusal("extend", new Command(null, "dora", "database", "later", null)))
        .isEqualTo("gate review-48h is decided by [commander], not by database");
    extend("30h");
    pad.awaitGate(Milestone.REVIEW_48H);

    assertThat(pad.refusalBySignal("extend", more("1h")))
        .isEqualTo(
            "extend refused: the reviews have been extended by 1d6h in all, the plan's limits.extension: decide go or no-go");
    pad.decide(Milestone.REVIEW_48H, "no-go");
    assertThat(pad.outcome()).isInstanceOf(Outcome.RolledBack.class);
  }

  @Test
  void aPollOfSeveralIsExtendedToo() {
    pad.start(
        Plans.with(plan ->
            Plans.gate(plan, Milestone.REVIEW_48H, "{\"poll\": [\"database\", \"commander\"]}")));
    pad.awaitGate(Milestone.REVIEW_48H);
    vote("dora", "database");

    extend("12h");
    pad.await("waiting for T+60h", status -> isNext(status, "T+60h"));
    pad.awaitGate(Milestone.REVIEW_48H);
    vote("dora", "database");
    vote("ann", "commander");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.status().checkpoints()).extracting(Checkpoint::label).containsExactly("T+60h");
  }

  @Test
  void theQuestionSaysWhatAGoMeans() {
    pad.start(reviewed("{}"));
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.decide(Milestone.REVIEW_48H, "go");
    pad.outcome();

    List<List<String>> asked =
        pad.notifier.announcements().stream()
            .filter(one -> one.occasion() == Occasion.REVIEW)
            .map(Announcement::facts)
            .toList();
    assertThat(asked.getFirst())
        .contains(
            "go: v2 is stable so far; the guard and the way back stay until the review of two days");
    assertThat(asked.getLast())
        .contains(
            "go: declares v2 stable; the old version, its baseline, is removed now, and there is no way back after it",
            "no-go: traffic goes back; extend: another checkpoint, and the same question there (up to 7d more)");
  }

  @Test
  void aWeekOfExtensionsStaysFarFromTemporalsLimits() {
    pad.start(reviewed("{}"));
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.awaitGate(Milestone.REVIEW_48H);
    long before = events();

    extend("7d");
    pad.await("waiting for T+9d", status -> isNext(status, "T+9d"));
    pad.decide(Milestone.REVIEW_48H, "go");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    long added = events() - before;
    System.out.println("events of a week of extension: " + added);
    assertThat(added).isLessThan(450);
  }

  /** Without the timer that only a simulated watch, which ends early, leaves to be waited for. */
  private long events() {
    return pad.events() - 5 * pad.timers("rest of the window");
  }

  private dev.liftoff.gate.Receipt extend(String duration) {
    return pad.update("extend", more(duration));
  }

  private void vote(String who, String role) {
    pad.update(
        "decide",
        new Decision(pad.status().launch().toString(), "review-48h", "go", who, role, "quiet"));
  }

  private static Command more(String duration) {
    return LaunchPad.command("not sure").lasting(duration);
  }

  private static boolean isNext(LaunchStatus status, String label) {
    return status.next() != null && label.equals(status.next().label());
  }

  private static PlanDocument reviewed(String limits) {
    return Plans.with(plan -> {
      Plans.gate(plan, Milestone.REVIEW_24H, "{}");
      Plans.gate(plan, Milestone.REVIEW_48H, "{}");
      plan.set("limits", Plans.json(limits));
    });
  }
}
