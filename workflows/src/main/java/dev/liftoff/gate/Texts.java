package dev.liftoff.gate;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Reads and cuts what somebody typed. */
public final class Texts {
  private static final int LONGEST = 1_000;

  private Texts() {}

  /**
   * The field as text without blanks around it and without control characters or halves of a
   * character in it, which could not be written down again; null when it is absent, blank or not a
   * scalar.
   */
  public static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull() || value.isContainerNode()) {
      return null;
    }
    String text = clean(value.asText());
    return text.isEmpty() ? null : text;
  }

  /** What a launch keeps of what somebody typed. */
  public static String clean(String typed) {
    return cut(typed.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip(), LONGEST);
  }

  /** At most so many characters, the last of them an ellipsis when something is missing. */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
