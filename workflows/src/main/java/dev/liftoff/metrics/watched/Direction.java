package dev.liftoff.metrics.watched;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

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
    return Word.of(this);
  }

  @JsonCreator
  public static Direction of(String word) {
    return Word.read(Direction.class, word);
  }
}
