package dev.liftoff.gate;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Reads fields of a message that somebody typed. */
final class Texts {
  private static final int LONGEST = 2_000;

  private Texts() {}

  /**
   * The field as text without blanks around it and control characters in it; null when it is
   * absent, blank or not a scalar.
   */
  static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull() || value.isContainerNode()) {
      return null;
    }
    String text = value.asText().replaceAll("\\p{Cntrl}+", " ").strip();
    return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), LONGEST));
  }
}
