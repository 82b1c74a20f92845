package dev.liftoff.plan;

import com.fasterxml.jackson.databind.JsonNode;

/** How numbers are shown in problems. */
final class Numbers {
  private Numbers() {}

  static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  static String shown(JsonNode value) {
    return value.isNumber()
        ? value.asText()
        : value.isContainerNode() ? "not a number" : "'" + value.asText() + "'";
  }
}
