package dev.liftoff.checklist;

import dev.liftoff.Word;

/** What can be said of an item. */
public enum Action {
  PASS,
  FAIL,
  DEVIATE,
  APPROVE,
  NOT_APPLICABLE,
  CONFIRM;

  /** The name in messages, such as {@code not-applicable}. */
  public String word() {
    return Word.of(this);
  }

  /**
   * Reads {@link #word}.
   *
   * @throws IllegalArgumentException naming all words when it is none of them
   */
  public static Action of(String word) {
    return Word.read(Action.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}
