package dev.liftoff.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/** What the service may do to its rows while the schema changes. */
public enum Writes {
  /** It goes on serving; what it writes meanwhile is accounted for, and kept. */
  ONLINE,
  /** It is kept out for the moment, so that rows can be compared exactly and a twin be made. */
  FROZEN;

  @JsonValue
  public String word() {
    return Word.of(this);
  }

  @JsonCreator
  public static Writes of(String word) {
    return Word.read(Writes.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}
