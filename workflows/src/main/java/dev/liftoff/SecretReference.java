package dev.liftoff;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Where a secret lies: {@code env:NAME} (an environment variable of the worker) or {@code
 * file:/absolute/path} (a file on the worker's host, its trailing newline ignored). Never the
 * secret itself: only activities resolve it.
 */
public record SecretReference(String text) {
  private static final Pattern FORM = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:/.+");

  /**
   * @throws IllegalArgumentException when it is no reference; the text is not repeated, for it may
   *     be a secret typed by mistake
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SecretReference {
    if (!isReference(text)) {
      throw new IllegalArgumentException(
          "must be a reference to a secret, env:NAME or file:/absolute/path, never the secret itself (the value is not shown here)");
    }
  }

  public static boolean isReference(String text) {
    return FORM.matcher(text).matches();
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
