package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.Milestone;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Reading;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Routing;
import dev.liftoff.notify.Scene;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.status.LaunchStatus.State;
import dev.liftoff.timeline.Labels;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of a launch by this plan, in their order, with facts that say they are examples. */
final class ExampleMessages {
  private static final String ANY_TIME = "any time";

  private final LaunchPlan plan;
  private final Instant zero;
  private final List<ExampleMessage> messages = new ArrayList<>();

  /**
   * @param now T+0 where the plan has no hour of its own
   */
  ExampleMessages(LaunchPlan plan, Instant now) {
    this.plan = plan;
    Instant hour = plan.launchAt();
    zero = hour == null ? now.truncatedTo(ChronoUnit.MINUTES) : hour;
  }

  List<ExampleMessage> all() {
    for (Milestone milestone : Milestone.values()) {
      atMilestone(milestone);
    }
    atAnyTime();
    return List.copyOf(messages);
  }

  private void atMilestone(Milestone milestone) {
    String goes = plan.service() + " " + plan.version() + " goes to " + plan.environment();
    switch (milestone) {
      case BRIEFING -> {
        if (plan.briefing() != null) {
          add(milestone, Occasion.POLL, "BRIEFING: who is here?", "example: until 15:00");
        }
      }
      case PREFLIGHT ->
          add(
              milestone,
              Occasion.STARTING,
              "LAUNCH BEGINS",
              goes,
              "commander: " + plan.commander());
      case NOTICE -> add(milestone, Occasion.NOTICE, "MAINTENANCE NOTICE", goes);
      case BACKUP ->
          add(
              milestone,
              Occasion.FREEZE,
              "FREEZE",
              "example: the backup is proven: it was restored and compared",
              "nothing else should change until T+60m");
      case GO_LIVE,
          VALIDATION_15M,
          VALIDATION_30M,
          HAND_OVER,
          REVIEW_24H,
          REVIEW_48H,
          RETROSPECTIVE ->
          afterTraffic(milestone);
      case READINESS, PREPARE, MIGRATE, START_GREEN, HEALTH, CHECKPOINT_2H, CHECKPOINT_4H ->
          gate(milestone);
    }
  }

  private void afterTraffic(Milestone milestone) {
    gate(milestone);
    switch (milestone) {
      case GO_LIVE ->
          add(
              milestone,
              Occasion.TRAFFIC,
              "T+0: traffic is on " + plan.version(),
              "example: green has 100 %");
      case VALIDATION_15M ->
          add(
              milestone,
              Occasion.VALIDATED,
              label(milestone) + ": good",
              "checks and metrics are within their limits");
      case VALIDATION_30M ->
          add(
              milestone,
              Occasion.VALIDATED,
              label(milestone) + ": the easy way back ends",
              "example: from here on a rollback is asked about first");
      case HAND_OVER ->
          add(
              milestone,
              Occasion.HAND_OVER,
              "HAND-OVER to on-call",
              plan.service() + " " + plan.version() + " serves; the guard watches until T+48h");
      case REVIEW_24H, REVIEW_48H -> {
        add(milestone, Occasion.REVIEW, "REVIEW at " + milestone, "example: stable");
        if (milestone == Milestone.REVIEW_48H) {
          add(
              milestone,
              Occasion.SETTLED,
              "SETTLED",
              plan.service() + " " + plan.version() + " is the new baseline");
        }
      }
      case RETROSPECTIVE ->
          add(milestone, Occasion.RETROSPECTIVE, "RETROSPECTIVE", "example: held 3m");
      default -> {}
    }
  }

  private void gate(Milestone milestone) {
    if (plan.gates().containsKey(milestone)) {
      add(
          milestone,
          Occasion.POLL,
          "GO / NO-GO at " + milestone,
          "example: no go yet of: database dora, monitoring");
    }
  }

  private void atAnyTime() {
    anyTime(Occasion.HELD, Severity.WARNING, "HELD", "example: ann: a look at the logs first");
    anyTime(Occasion.RESUMED, Severity.INFORMATION, "RESUMED", "");
    anyTime(
        Occasion.ASKING, Severity.CRITICAL, "ROLL BACK?", "example: error-rate 0.03, limit 0.02");
    anyTime(Occasion.BLIND, Severity.WARNING, "the guard has no data", "example: no series");
    anyTime(Occasion.NEEDS_HUMAN, Severity.CRITICAL, "NEEDS A HUMAN", "example: an undo is stuck");
    anyTime(
        Occasion.ESCALATED,
        Severity.CRITICAL,
        "NOBODY WAS PAGED: NEEDS A HUMAN",
        "example: the pager refused: answered 400");
    anyTime(
        Occasion.ROLLING_BACK,
        Severity.CRITICAL,
        "ROLLING BACK",
        "example: error-rate above 0.05 for 2m: 0.31");
    anyTime(Occasion.CALLED_OFF, Severity.CRITICAL, "CALLED OFF", "example: no-go by ann");
    anyTime(Occasion.ROLLED_BACK, Severity.INFORMATION, "ROLLED-BACK", "example: nothing is left");
    anyTime(
        Occasion.LEFT_BEHIND, Severity.INFORMATION, "ROLLED-BACK", "example: left: remove green");
    anyTime(Occasion.SCRUBBED, Severity.INFORMATION, "SCRUBBED", "example: no-go by ann");
    anyTime(Occasion.CANCELLED, Severity.INFORMATION, "CANCELLED", "example: by Temporal");
    anyTime(Occasion.LAUNCHED, Severity.INFORMATION, "LAUNCHED", "");
  }

  private void anyTime(Occasion occasion, Severity severity, String title, String fact) {
    List<String> facts = fact.isEmpty() ? List.of() : List.of(fact);
    messages.add(message(ANY_TIME, null, occasion, severity, title, facts));
  }

  private void add(Milestone milestone, Occasion occasion, String title, String... facts) {
    Severity severity = Severity.INFORMATION;
    messages.add(message(label(milestone), milestone, occasion, severity, title, List.of(facts)));
  }

  private ExampleMessage message(
      String label,
      @Nullable Milestone milestone,
      Occasion occasion,
      Severity severity,
      String title,
      List<String> facts) {
    Set<ChannelKind> kinds = plan.notifications().kinds(occasion);
    LaunchId launch =
        new LaunchId(plan.service(), plan.environment(), plan.version(), ExampleMessage.RUN);
    return new ExampleMessage(
        label,
        milestone,
        new Announcement(
            "%s/%d-%s".formatted(launch, messages.size() + 1, occasion),
            severity,
            title,
            facts,
            occasion,
            scene(milestone),
            Routing.to(kinds)),
        kinds);
  }

  private Scene scene(@Nullable Milestone milestone) {
    Instant at = zero.plus(plan.offset(milestone == null ? Milestone.GO_LIVE : milestone));
    Milestone next = next(milestone);
    boolean measured = milestone != null && milestone.compareTo(Milestone.GO_LIVE) > 0;
    return new Scene(
        plan.commander(),
        "1.0.0-example",
        plan.image().reference(),
        milestone,
        milestone == null ? "" : label(milestone),
        State.WORKING,
        at,
        at.plus(plan.notifications().notAfter()),
        null,
        zero,
        measured
            ? List.of(example(Metric.ERROR_RATE, 0.0004, at), example(Metric.P95, 0.12, at))
            : List.of(),
        List.of(),
        next == null ? null : label(next),
        next == null ? null : zero.plus(plan.offset(next)),
        plan.checklist() == null ? null : "example: readiness 8.6 of 10, 2 items to go",
        plan.briefing() == null
            ? null
            : "example: here: commander ann, database dora; missing: on-call");
  }

  private static Reading example(Metric metric, double value, Instant at) {
    return new Reading(metric, value, null, Reading.State.OK, 1_000, at, "example");
  }

  private static @Nullable Milestone next(@Nullable Milestone at) {
    return at == null
        ? null
        : Arrays.stream(Milestone.values())
            .filter(milestone -> milestone.compareTo(at) > 0)
            .findFirst()
            .orElse(null);
  }

  private String label(Milestone milestone) {
    return Labels.of(plan.offset(milestone));
  }
}
