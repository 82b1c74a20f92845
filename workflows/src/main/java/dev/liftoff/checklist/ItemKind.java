package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/** Who answers an item of the checklist. */
public enum ItemKind {
  /** The machine measures it, and measures it again before anything moves. */
  AUTOMATIC,
  /** A person says it. */
  HUMAN,
  /** The machine measures it, and a person confirms what was measured. */
  BOTH;

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
  public static ItemKind of(String word) {
    return Word.read(ItemKind.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}
