package dev.liftoff.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How much of a restore point was shown to be good, database.md 4.2. Each includes those before.
 */
public enum ProofLevel {
  /** It is there: the tools ended well. */
  L0,
  /** Every byte is the one that was saved. */
  L1,
  /** All that a server needs to start from it is there. */
  L2,
  /** It was restored, and its schema and every table have the content of their snapshot. */
  L3,
  /** The pending migrations ran on the restored copy, and the old version worked on it. */
  L4;

  /** Below L3 nobody has compared the content. */
  public boolean isVerified() {
    return compareTo(L3) >= 0;
  }

  /** For a message: {@code L4, rehearsed and tried on}, {@code L3, verified} or not verified. */
  public String sentence() {
    if (this == L4) {
      return "L4, rehearsed and tried on";
    }
    return name() + (isVerified() ? ", verified" : ", not verified");
  }

  @JsonValue
  public String word() {
    return name();
  }

  @JsonCreator
  public static ProofLevel of(String word) {
    return valueOf(word);
  }
}
