package dev.liftoff.timeline;

import dev.liftoff.Milestone;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a launch.
 *
 * @param clock the distance to T+0 as people say it, such as {@code T-15m} or {@code T+00:12};
 *     empty while T+0 is not known
 * @param who a person, or {@code liftoff} for what it did by itself
 */
public record TimelineEntry(
    Instant at, String clock, @Nullable Milestone milestone, Kind kind, String who, String text) {
  /** What sort of thing it was. */
  public enum Kind {
    MILESTONE,
    STEP,
    DECISION,
    COMMAND,
    VERDICT,
    NOTE,
    REFUSED,
    MESSAGE,
    UNDO,
    TROUBLE
  }
}
