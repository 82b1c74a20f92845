package dev.liftoff.compatibility;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/** The runs of a trial, in their order. */
public enum TrialRole {
  /** The old version, on the new schema. */
  BASELINE,
  /** The new version. */
  CANDIDATE,
  /** The old version once more, on rows that the new one wrote. */
  BASELINE_AGAIN;

  /** It is the version that a way back would lead to. */
  public boolean old() {
    return this != CANDIDATE;
  }

  @JsonValue
  public String word() {
    return Word.of(this);
  }

  @JsonCreator
  public static TrialRole of(String word) {
    return Word.read(TrialRole.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}
