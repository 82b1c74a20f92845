package dev.liftoff.compatibility;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

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
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @JsonCreator
  public static TrialRole of(String word) {
    return Arrays.stream(values())
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be baseline, candidate or baseline-again, was " + word));
  }

  @Override
  public String toString() {
    return word();
  }
}
