package dev.liftoff.timeline;

import dev.liftoff.plan.Durations;
import java.time.Duration;

/** Milestones as people say them. */
public final class Labels {
  private static final Duration WEEK = Duration.ofDays(7);

  private Labels() {}

  /** {@code T-60m}, {@code T+0}, {@code T+24h}, {@code T+1w}. */
  public static String of(Duration offset) {
    if (offset.isZero()) {
      return "T+0";
    }
    return (offset.isNegative() ? "T-" : "T+") + size(offset.abs());
  }

  private static String size(Duration size) {
    if (size.equals(WEEK)) {
      return "1w";
    }
    if (size.toMinutes() == 60) {
      return "60m";
    }
    return size.compareTo(WEEK) < 0
            && size.toMinutesPart() == 0
            && size.toSecondsPart() == 0
            && size.toMillisPart() == 0
        ? size.toHours() + "h"
        : Durations.text(size);
  }
}
