package dev.liftoff.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/**
 * What a migration means for the version that runs now, in growing order of danger; found by
 * comparing the catalog before and after it, database.md 5.3.
 */
public enum MigrationClass {
  /** Adds what the old version does not see. */
  EXPAND,
  /** Changes rows, and nothing else. */
  BACKFILL,
  /** Adds a rule that writes of the old version could break. */
  TIGHTEN,
  /** Changes a default, trigger, policy, right or function: a human must know. */
  BEHAVIOUR,
  /** Takes or changes something that the old version uses: refused. */
  CONTRACT,
  /** Removes rows: refused. */
  DATA_LOSS,
  /** Leaves an invalid index or a constraint that is not validated. */
  ERROR;

  @JsonValue
  public String word() {
    return Word.of(this);
  }

  @JsonCreator
  public static MigrationClass of(String word) {
    return Word.read(MigrationClass.class, word);
  }

  /** Refused unless a waiver covers it. */
  public boolean refused() {
    return compareTo(CONTRACT) >= 0;
  }

  @Override
  public String toString() {
    return word();
  }
}
