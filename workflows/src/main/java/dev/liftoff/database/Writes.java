package dev.liftoff.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What the service may do to its rows while the schema changes. */
public enum Writes {
  /** It goes on serving; what it writes meanwhile is accounted for, and kept. */
  ONLINE,
  /** It is kept out for the moment, so that rows can be compared exactly and a twin be made. */
  FROZEN;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Writes of(String word) {
    return Arrays.stream(values())
        .filter(writes -> writes.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be online or frozen, was " + word));
  }

  @Override
  public String toString() {
    return word();
  }
}
