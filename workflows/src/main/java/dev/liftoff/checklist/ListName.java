package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/** The lists that come with Liftoff. */
public enum ListName {
  /** Only the plan's own items. */
  NONE,
  /** For a change of little risk. */
  SMALL,
  /** For a launch. */
  DEFAULT;

  /** The name in plans and histories. */
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
  public static ListName of(String word) {
    return Word.read(ListName.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}
