package dev.liftoff.watch;

import dev.liftoff.Milestone;
import dev.liftoff.Waits;
import dev.liftoff.board.Checkpoints;
import dev.liftoff.control.Controls;
import dev.liftoff.plan.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long the windows of the guard are: each costs six events of a history that has a week to
 * last. A window ends at once for what rolls back or holds, and every hour for what else is new, so
 * that a long one reacts as soon as a short one. Later ones end just before the next look back,
 * whose messages show their figures.
 */
final class GuardWindows {
  static final Duration HOUR = Duration.ofHours(1);

  /** The first hour is cut finer, so that the history shows what was seen around T+30. */
  private static final Duration FINE = Duration.ofMinutes(10);

  /** From here on the guard looks every five minutes. */
  private static final Duration CALM_AFTER = Duration.ofHours(6);

  private static final int CALM_TIMES = 6;

  /** The days that people add to the reviews must not fill the history. */
  private static final int ADDED_TIMES = 12;

  private static final int ADDED_TIMES_BEFORE = 4;

  /** Not a whole minute: what is due at a milestone has its own moment. */
  private static final Duration BEFORE_MILESTONE = Duration.ofSeconds(97);

  /** The guard is armed after the last soak, and its hours count from T+0. */
  private static final Duration NEARLY = Duration.ofMinutes(15);

  private final Controls controls;
  private final boolean growing;

  GuardWindows(Controls controls, boolean growing) {
    this.controls = controls;
    this.growing = growing;
  }

  /** So long after the guard was armed. */
  Duration length(Duration since) {
    Duration longest = controls.plan().limits().guardWindow();
    if (since.compareTo(HOUR) < 0) {
      return Durations.least(FINE, longest);
    }
    boolean added = controls.board().checkpoints.putOff();
    if (!growing) {
      return added ? longest.multipliedBy(ADDED_TIMES_BEFORE) : longest;
    }
    int times = added ? ADDED_TIMES : CALM_TIMES;
    return beforeMilestone(isCalm(since) ? longest.multipliedBy(times) : longest);
  }

  /** The pause between two looks. */
  Duration pace(Duration since) {
    return controls
        .plan()
        .metrics()
        .guard()
        .at(growing && isCalm(since) ? since.plus(NEARLY) : since);
  }

  /** As long as a window was before they could grow. */
  @Nullable Duration interim(Duration since) {
    return growing && since.compareTo(HOUR) >= 0 ? HOUR : null;
  }

  private static boolean isCalm(Duration since) {
    return since.plus(NEARLY).compareTo(CALM_AFTER) >= 0;
  }

  private Duration beforeMilestone(Duration length) {
    Instant now = Waits.now();
    return Stream.concat(
            Stream.of(controls.board().checkpoints)
                .filter(Checkpoints::isPending)
                .map(Checkpoints::due),
            Arrays.stream(Milestone.values())
                .filter(milestone -> milestone.compareTo(Milestone.GO_LIVE) > 0)
                .map(controls.board().clock::due))
        .filter(Objects::nonNull)
        .map(due -> Duration.between(now, due.minus(BEFORE_MILESTONE)))
        .filter(left -> left.compareTo(FINE) > 0)
        .reduce(length, Durations::least);
  }
}
