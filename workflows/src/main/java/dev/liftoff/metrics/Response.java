package dev.liftoff.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What follows when a watched thing is out of its bounds; the strongest first. */
public enum Response {
  /** The launch rolls back by itself. */
  ROLLBACK,
  /** The launch holds itself and asks the commander, who has minutes; silence is never a yes. */
  ASK,
  /** The launch holds itself and asks: pause and investigate. */
  HOLD,
  /** It is told, and nothing else happens. */
  REPORT;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Response of(String word) {
    return Arrays.stream(values())
        .filter(response -> response.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of %s, was '%s'"
                    .formatted(
                        Arrays.stream(values())
                            .map(Response::word)
                            .collect(Collectors.joining(", ")),
                        word)));
  }

  /** Whether the launch stops its clock for it. */
  public boolean holds() {
    return this == ASK || this == HOLD;
  }

  @Override
  public String toString() {
    return word();
  }
}
