package dev.liftoff.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

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
    return Word.of(this);
  }

  @JsonCreator
  public static Response of(String word) {
    return Word.read(Response.class, word);
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
