package dev.liftoff;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;

/**
 * The places of a launch in the order it gets there. One vocabulary for status, timeline, search
 * attribute, CLI and metrics. The default offset is the distance to T+0, negative before it; a plan
 * may set its own.
 */
public enum Milestone {
  READINESS(Duration.ofHours(-24), "is everything ready"),
  BRIEFING(Duration.ofHours(-2), "who is here"),
  PREFLIGHT(
      Duration.ofMinutes(-60),
      "look at the proxy, containers, database and monitoring before anything moves"),
  NOTICE(Duration.ofMinutes(-45), "tell everyone"),
  PREPARE(Duration.ofMinutes(-30), "pin the image, save the configuration"),
  BACKUP(Duration.ofMinutes(-20), "save the database, restore it to prove it"),
  MIGRATE(Duration.ofMinutes(-15), "go / no-go, then migrate the database"),
  START_GREEN(Duration.ofMinutes(-10), "start the new version beside the old one"),
  HEALTH(Duration.ofMinutes(-5), "check the new version, warm it up"),
  GO_LIVE(Duration.ZERO, "go / no-go, then move the traffic"),
  VALIDATION_15M(Duration.ofMinutes(15), "checks and metrics, beside those from before"),
  VALIDATION_30M(Duration.ofMinutes(30), "checks and metrics; the last easy way back"),
  HAND_OVER(Duration.ofMinutes(60), "hand over to on-call"),
  CHECKPOINT_2H(Duration.ofHours(2), "look back at two hours"),
  CHECKPOINT_4H(Duration.ofHours(4), "look back at four hours"),
  REVIEW_24H(Duration.ofHours(24), "a day: is it stable"),
  REVIEW_48H(Duration.ofHours(48), "two days: declare it stable, and give the old version up"),
  RETROSPECTIVE(Duration.ofDays(7), "what was learned");

  private final Duration defaultOffset;
  private final String purpose;

  Milestone(Duration defaultOffset, String purpose) {
    this.defaultOffset = defaultOffset;
    this.purpose = purpose;
  }

  /** Distance to T+0 by the runbook's table in product.md. */
  public Duration defaultOffset() {
    return defaultOffset;
  }

  /** What happens there, for people who read a timeline. */
  public String purpose() {
    return purpose;
  }

  /** The name in plans, messages and histories, such as {@code go-live}. */
  @JsonValue
  public String word() {
    return Word.of(this);
  }

  /**
   * Reads {@link #word}.
   *
   * @throws IllegalArgumentException naming all words when it is none of them
   */
  @JsonCreator
  public static Milestone of(String word) {
    return Word.read(Milestone.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}
