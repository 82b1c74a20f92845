package dev.liftoff.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/** Who somebody is in a launch. */
public enum Role {
  COMMANDER,
  DEPLOYMENT,
  DATABASE,
  MONITORING,
  COMMUNICATION,
  ON_CALL,
  CTO;

  @JsonValue
  public String word() {
    return Word.of(this);
  }

  @JsonCreator
  public static Role of(String word) {
    return Word.read(Role.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}
