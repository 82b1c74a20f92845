package dev.liftoff.notify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/** A column of the table of milestones and channels. The worker's own log is none: it has all. */
public enum ChannelKind {
  /** Short posts that people are notified of. */
  SLACK,
  /** One message per launch that is edited. */
  CARD,
  /** What the public reads. */
  STATUS_PAGE,
  EMAIL,
  PAGER,
  /** Marks in the graphs. */
  GRAPHS,
  /** CDEvents for other programs. */
  EVENTS,
  /** The whole message as JSON. */
  WEBHOOK;

  /** Whether an older message in it would hide, or wake for, what is no longer so. */
  public boolean showsOnlyTheNewest() {
    return this == CARD || this == STATUS_PAGE || this == PAGER;
  }

  /** The name in plans and histories, such as {@code status-page}. */
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
  public static ChannelKind of(String word) {
    return Word.read(ChannelKind.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}
