package dev.liftoff.metrics.watched;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which way a thing gets worse. */
public enum Direction {
  UP,
  DOWN,
  BOTH;

  /** How far the value has gone the wrong way; negative when it went the right one. */
  double worse(double value, double reference) {
    return switch (this) {
      case UP -> value - reference;
      case DOWN -> reference - value;
      case BOTH -> Math.abs(value - reference);
    };
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Direction of(String word) {
    return Arrays.stream(values())
        .filter(direction -> direction.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of %s, was '%s'"
                    .formatted(
                        Arrays.stream(values())
                            .map(Direction::word)
                            .collect(Collectors.joining(", ")),
                        word)));
  }
}
