package dev.liftoff;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The places of a launch in the order it gets there. One vocabulary for status, timeline, search
 * attribute, CLI and metrics. The default offset is the distance to T+0, negative before it; a plan
 * may set its own.
 */
public enum Milestone {
  READINESS(Duration.ofHours(-24)),
  BRIEFING(Duration.ofHours(-2)),
  PREFLIGHT(Duration.ofMinutes(-60)),
  NOTICE(Duration.ofMinutes(-45)),
  PREPARE(Duration.ofMinutes(-30)),
  BACKUP(Duration.ofMinutes(-20)),
  MIGRATE(Duration.ofMinutes(-15)),
  START_GREEN(Duration.ofMinutes(-10)),
  HEALTH(Duration.ofMinutes(-5)),
  GO_LIVE(Duration.ZERO),
  VALIDATION_15M(Duration.ofMinutes(15)),
  VALIDATION_30M(Duration.ofMinutes(30)),
  HAND_OVER(Duration.ofMinutes(60)),
  CHECKPOINT_2H(Duration.ofHours(2)),
  CHECKPOINT_4H(Duration.ofHours(4)),
  REVIEW_24H(Duration.ofHours(24)),
  REVIEW_48H(Duration.ofHours(48)),
  RETROSPECTIVE(Duration.ofDays(7));

  private final Duration defaultOffset;

  Milestone(Duration defaultOffset) {
    this.defaultOffset = defaultOffset;
  }

  /** Distance to T+0 by the runbook's table in product.md. */
  public Duration defaultOffset() {
    return defaultOffset;
  }

  public boolean isBeforeTraffic() {
    return compareTo(GO_LIVE) < 0;
  }

  /** The name in plans, messages and histories, such as {@code go-live}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads {@link #word}.
   *
   * @throws IllegalArgumentException naming all words when it is none of them
   */
  @JsonCreator
  public static Milestone of(String word) {
    return Arrays.stream(values())
        .filter(milestone -> milestone.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of "
                    + Arrays.stream(values()).map(Milestone::word).collect(Collectors.joining(", "))
                    + ", was "
                    + word));
  }

  @Override
  public String toString() {
    return word();
  }
}
