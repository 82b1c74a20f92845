package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Tally;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * People are told once, in order, in time or with the reason, and the launch never waits for it.
 */
class OutboxTest {
  private static final List<Milestone> GATES =
      List.of(
          Milestone.MIGRATE,
          Milestone.GO_LIVE,
          Milestone.VALIDATION_30M,
          Milestone.REVIEW_24H,
          Milestone.REVIEW_48H);

  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void everyMilestoneOfTheDefaultTimelineIsToldOnceAndInOrder() {
    Instant launchAt = pad.clock().plus(Duration.ofHours(30));
    pad.start(
        Plans.with(plan -> {
          plan.put("launchAt", launchAt.toString());
          plan.remove("gates");
        }));
    GATES.forEach(gate -> pad.decide(gate, "go"));
    assertThat(pad.outcome()).isEqualTo(new Outcome.Launched("v2", List.of()));

    assertThat(lines())
        .isEqualTo(
            """
            T-60m starting: slack, card, email, pager, graphs, events, webhook
            T-45m notice: slack, card, status-page, webhook
            T-20m freeze: slack, card, webhook
            T-15m poll: slack, card, webhook
            T+0 poll: slack, card, webhook
            T+0 traffic: slack, card, status-page, pager, graphs, events, webhook
            T+15m validated: slack, card, webhook
            T+30m poll: slack, card, webhook
            T+30m validated: slack, card, webhook
            T+60m hand-over: slack, card, status-page, email, graphs, events, webhook
            T+24h review: slack, card, email, webhook
            T+48h review: slack, card, email, webhook
            T+48h settled: slack, card, pager, webhook
            T+1w retrospective: slack, card, webhook
            T+1w launched: slack, card, events, webhook\
            """);
    assertThat(pad.notifier.announcements()).extracting(Announcement::key).doesNotHaveDuplicates();
    assertThat(pad.status().messages())
        .containsExactly(new Tally("simulated", 0, 15, 0, 0, 0, null));
  }

  @Test
  @Recorded
  void afterAnOutageOverTwoMilestonesTheNewestIsToldLateAndTheOtherIsNamed() {
    pad.start(new PlanDocument(Plans.small()));
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.notifier.unreachable();
    pad.awaitNext(Milestone.HAND_OVER);
    Instant zero = pad.status().clock().actual();
    List<String> before = pad.told();
    assertThat(pad.status().messages().getFirst().planned()).isEqualTo(2);
    pad.sleep(Duration.between(pad.clock(), zero.plus(Duration.ofMinutes(49))));
    pad.notifier.reachable();
    pad.sleep(Duration.between(pad.clock(), zero.plus(Duration.ofMinutes(58))));

    assertThat(pad.told().subList(before.size(), pad.told().size()))
        .containsExactly("T+30: the easy way back ends");
    Announcement late = pad.notifier.announcements().getLast();
    assertThat(late.scene().late()).isBetween(Duration.ofMinutes(18), Duration.ofMinutes(28));
    assertThat(late.routing().missed()).containsEntry("simulated", List.of("T+15m"));
    assertThat(pad.timeline())
        .contains("MESSAGE liftoff: simulated is back and was told T+30m; missed: T+15m");
    assertThat(pad.status().messages().getFirst().sentence())
        .startsWith("simulated: ")
        .contains(" sent, 1 expired (");

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.told().stream().filter(title -> title.startsWith("T+15"))).isEmpty();
    assertThat(pad.told()).doesNotHaveDuplicates();
  }

  @Test
  @Recorded
  void anOutageOfFortyMinutesInTheWholeTimelineTellsEachMessageOnceOrNamesIt() {
    Instant launchAt = pad.clock().plus(Duration.ofHours(25));
    pad.start(
        Plans.with(plan -> {
          plan.put("launchAt", launchAt.toString());
          plan.remove("gates");
        }));
    pad.decide(Milestone.MIGRATE, "go");
    pad.decide(Milestone.GO_LIVE, "go");
    pad.awaitNext(Milestone.VALIDATION_15M);
    pad.notifier.unreachable();
    pad.decide(Milestone.VALIDATION_30M, "go");
    Instant over = pad.status().clock().actual().plus(Duration.ofMinutes(52));
    pad.sleep(Duration.between(pad.clock(), over));
    pad.notifier.reachable();
    pad.decide(Milestone.REVIEW_24H, "go");
    pad.decide(Milestone.REVIEW_48H, "go");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);

    List<Announcement> told = pad.notifier.announcements();
    assertThat(told.stream().map(OutboxTest::number)).isSorted().doesNotHaveDuplicates();
    List<String> missed =
        told.stream()
            .flatMap(message -> message.routing().missedOn("simulated").stream())
            .distinct()
            .toList();
    assertThat(missed).contains("T+15m");
    assertThat(told.size() + missed.size()).as("told or named").isEqualTo(15);
    assertThat(pad.status().messages().getFirst().planned()).isZero();
  }

  /** Messages are counted in their keys. */
  private static int number(Announcement message) {
    return Integer.parseInt(message.key().replaceAll("^.*/([0-9]+)-.*$", "$1"));
  }

  @Test
  void whatIsTooLateIsGivenUpAndSaid() {
    pad.notifier.unreachable();
    pad.start(new PlanDocument(Plans.small()));
    pad.awaitNext(Milestone.CHECKPOINT_4H);

    assertThat(pad.timeline())
        .anyMatch(line ->
            line.startsWith("TROUBLE liftoff: message given up for simulated: T+0")
                && line.endsWith("too late"));
    pad.outcome();
    assertThat(pad.timeline())
        .contains(
            "TROUBLE liftoff: message given up for simulated: LAUNCHED, the launch has ended");
    Tally tally = pad.status().messages().getFirst();
    assertThat(tally.planned()).isZero();
    assertThat(tally.sent()).isZero();
    assertThat(tally.expired()).isEqualTo(12);
    assertThat(pad.timers("tell again")).isBetween(4L, 12L);
  }

  @Test
  void aPlanTellsWhomItWants() {
    pad.launch(
        Plans.brief(plan ->
            plan.set(
                "notifications",
                Plans.json("{\"routes\": {\"traffic\": [\"email\"], \"freeze\": []}}"))));

    assertThat(kinds(Occasion.TRAFFIC)).containsExactly("email");
    assertThat(kinds(Occasion.FREEZE)).isEmpty();
    assertThat(kinds(Occasion.STARTING)).contains("slack", "pager");
  }

  @Test
  void aRollbackIsToldAsItBeginsAndAsItEnds() {
    pad.metrics.failingAt(Weight.ALL);
    pad.launch(new PlanDocument(Plans.brief()));

    assertThat(lines())
        .contains("T+0 rolling-back: slack, card, status-page, email, pager, graphs, events")
        .endsWith("rolled-back: slack, card, status-page, email, pager, graphs, events, webhook");
  }

  @Test
  void whoIsToldThatSomethingIsLeftBehindIsNotToldThatAllIsWell() {
    pad.turnstile.beforeNext("MetricsWatch", () -> pad.traffic.refusing("the map has no key"));
    pad.metrics.failingAt(new Weight(25));
    pad.start(new PlanDocument(Plans.brief()));
    pad.await(dev.liftoff.status.LaunchStatus.State.NEEDS_HUMAN);
    pad.tell("skip");
    pad.outcome();

    assertThat(lines()).contains("left-behind: ").doesNotContain("rolled-back: ");
  }

  private List<String> kinds(Occasion occasion) {
    return pad.notifier.announcements().stream()
        .filter(announcement -> announcement.occasion() == occasion)
        .flatMap(announcement -> announcement.routing().kinds().stream())
        .map(ChannelKind::word)
        .toList();
  }

  private String lines() {
    return pad.notifier.announcements().stream()
        .map(announcement ->
            "%s %s: %s"
                .formatted(
                    announcement.scene().label(),
                    announcement.occasion(),
                    announcement.routing().kinds().stream()
                        .map(ChannelKind::word)
                        .collect(Collectors.joining(", "))))
        .collect(Collectors.joining("\n"));
  }
}
