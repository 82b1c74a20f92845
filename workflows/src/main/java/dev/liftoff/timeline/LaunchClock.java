package dev.liftoff.timeline;

import dev.liftoff.Milestone;
import dev.liftoff.plan.LaunchPlan;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The T-clock: what is due when. Before T+0 it counts from the planned hour, where there is one;
 * after T+0 from the moment all traffic had moved. A hold stops it.
 */
public final class LaunchClock {
  private final LaunchPlan plan;
  private @Nullable Instant actual;
  private @Nullable Instant heldSince;
  private Duration held = Duration.ZERO;

  public LaunchClock(LaunchPlan plan) {
    this.plan = plan;
  }

  /** When the milestone is due; null when it follows at once. */
  public @Nullable Instant due(Milestone milestone) {
    return due(plan.offset(milestone));
  }

  /** The same for any distance to T+0. */
  public @Nullable Instant due(Duration offset) {
    Instant zero = actual != null ? actual : planned();
    return zero == null ? null : zero.plus(offset).plus(actual != null ? held : Duration.ZERO);
  }

  /**
   * T+0 as planned, later by the holds so far; null when the milestones before it run back to back.
   */
  public @Nullable Instant planned() {
    Instant launchAt = plan.launchAt();
    return launchAt == null ? null : launchAt.plus(held);
  }

  public @Nullable Instant actual() {
    return actual;
  }

  /** All traffic has moved: T+0. Holds before it do not count after it. */
  public void zero(Instant now) {
    actual = now;
    held = Duration.ZERO;
  }

  public void stop(Instant now) {
    heldSince = now;
  }

  public void go(Instant now) {
    held = heldFor(now);
    heldSince = null;
  }

  public @Nullable Instant heldSince() {
    return heldSince;
  }

  /** How long the clock has stood still since the start, or since T+0. */
  public Duration heldFor(Instant now) {
    Instant since = heldSince;
    if (since == null) {
      return held;
    }
    Instant zero = actual;
    return held.plus(Duration.between(zero != null && zero.isAfter(since) ? zero : since, now));
  }

  /**
   * The clock as people say it: {@code T-15m} before T+0 (by the milestone while its hour is not
   * known), {@code T+00:12:05} after.
   */
  public String text(Instant now, @Nullable Milestone milestone) {
    Instant zero = actual;
    if (zero != null) {
      Duration since = Duration.between(zero, now);
      return "T+%02d:%02d:%02d"
          .formatted(since.toHours(), since.toMinutesPart(), since.toSecondsPart());
    }
    return milestone == null ? "" : Labels.of(plan.offset(milestone));
  }
}
