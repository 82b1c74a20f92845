package dev.liftoff.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @JsonCreator
  public static Role of(String word) {
    return Arrays.stream(values())
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be one of " + words() + ", was " + word));
  }

  static String words() {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return word();
  }
}
