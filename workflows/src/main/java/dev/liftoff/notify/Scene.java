package dev.liftoff.notify;

import dev.liftoff.Milestone;
import dev.liftoff.metrics.Reading;
import dev.liftoff.status.LaunchStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The launch at the moment of a message. Every channel draws from it; none asks again, so that all
 * of them say the same.
 *
 * @param from the version that served before; null in a first launch
 * @param image what is launched, with its digest where the plan names one
 * @param label the milestone as people say it, such as {@code T+15m}
 * @param at the moment that the message is about
 * @param notAfter when nobody needs it any more
 * @param late how long after its moment it is told; null while that is not worth a word
 * @param zero T+0 as planned or, once traffic has moved, as it was
 * @param readings the last numbers
 * @param issues what is out of bounds
 * @param next the next milestone, and its hour where it has one
 * @param readiness such as {@code readiness 8.6 of 10, 2 items to go}; null without a checklist
 * @param people who is who, as they said at the briefing; null without one
 */
public record Scene(
    String commander,
    @Nullable String from,
    String image,
    @Nullable Milestone milestone,
    String label,
    LaunchStatus.State state,
    Instant at,
    Instant notAfter,
    @Nullable Duration late,
    @Nullable Instant zero,
    List<Reading> readings,
    List<String> issues,
    @Nullable String next,
    @Nullable Instant nextAt,
    @Nullable String readiness,
    @Nullable String people) {
  public Scene {
    readings = readings == null ? List.of() : List.copyOf(readings);
    issues = issues == null ? List.of() : List.copyOf(issues);
  }

  Scene lateBy(Duration delay) {
    return new Scene(
        commander, from, image, milestone, label, state, at, notAfter, delay, zero, readings,
        issues, next, nextAt, readiness, people);
  }
}
