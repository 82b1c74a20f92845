package dev.liftoff.activities.notify;

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
import dev.liftoff.notify.form.Sending;
import dev.liftoff.status.LaunchStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Messages for tests: always the same launch at the same moment. */
final class Messages {
  static final LaunchId LAUNCH = LaunchId.parse("shop/production/2.0.0/ab12cd34");

  /** Longer than a busy machine takes for three tries, and shorter than the longest pause asked. */
  static final Duration LIMIT = Duration.ofSeconds(25);

  private static final Instant ZERO = Instant.parse("2026-11-22T20:00:00Z");

  private Messages() {}

  static Sending sending(Occasion occasion) {
    return sending(announcement(occasion, occasion.word() + " happens", List.of("a fact")), false);
  }

  static Sending sending(Announcement announcement, boolean repeated) {
    return new Sending(LAUNCH, announcement, LIMIT, repeated);
  }

  static Announcement announcement(Occasion occasion, String title, List<String> facts) {
    return new Announcement(
        LAUNCH + "/7-validation-15m-" + occasion,
        severity(occasion),
        title,
        facts,
        occasion,
        scene(),
        new Routing(EnumSet.allOf(ChannelKind.class), List.of(), Map.of(), Map.of(), List.of()));
  }

  static Announcement with(Announcement announcement, Map<String, String> references) {
    return announcement.routed(
        new Routing(EnumSet.allOf(ChannelKind.class), List.of(), Map.of(), references, List.of()));
  }

  /** As somebody has it told once more who does not know whether it was told. */
  static Announcement resent(Announcement announcement, String channel) {
    return announcement.routed(
        new Routing(
            EnumSet.allOf(ChannelKind.class),
            List.of(channel),
            Map.of(),
            Map.of(),
            List.of(channel),
            true));
  }

  private static Severity severity(Occasion occasion) {
    return switch (occasion) {
      case ROLLING_BACK, CALLED_OFF, NEEDS_HUMAN, ASKING -> Severity.CRITICAL;
      case HELD, REMINDER, BLIND, LEFT_BEHIND -> Severity.WARNING;
      default -> Severity.INFORMATION;
    };
  }

  private static Scene scene() {
    Instant now = ZERO.plus(Duration.ofMinutes(15));
    return new Scene(
        "ann",
        "1.9.0",
        "registry.internal/shop@sha256:0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427",
        Milestone.VALIDATION_15M,
        "T+15m",
        LaunchStatus.State.WORKING,
        now,
        now.plus(Duration.ofHours(1)),
        null,
        ZERO,
        List.of(
            reading(Metric.REQUEST_RATE, 214.0, Reading.State.OK, now),
            reading(Metric.AVAILABILITY, 0.9998, Reading.State.OK, now),
            reading(Metric.P95, 0.12, Reading.State.OK, now),
            reading(Metric.ERROR_RATE, 0.021, Reading.State.BREACH, now)),
        List.of(),
        "T+30m",
        ZERO.plus(Duration.ofMinutes(30)),
        "readiness 8.6 of 10, 2 items to go",
        "here: commander ann, database dora; missing: on-call");
  }

  private static Reading reading(Metric metric, double value, Reading.State state, Instant at) {
    return new Reading(metric, value, null, state, 1_000, at, null);
  }
}
