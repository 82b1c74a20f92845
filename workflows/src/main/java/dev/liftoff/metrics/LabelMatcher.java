package dev.liftoff.metrics;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One condition on a label, as PromQL has it: {@code code=~"5.."}. A label that a series does not
 * have is empty.
 *
 * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}; the last two match the whole
 *     value
 * @param value without the quotes of PromQL
 */
public record LabelMatcher(String label, String operator, String value) {
  static final Pattern ONE =
      Pattern.compile("\\s*([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");

  public LabelMatcher {
    if (operator.endsWith("~")) {
      try {
        Pattern.compile(value);
      } catch (PatternSyntaxException wrong) {
        throw new IllegalArgumentException(
            "must have a regular expression after %s, was '%s'".formatted(operator, value), wrong);
      }
    }
  }

  /**
   * Reads one matcher.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static LabelMatcher parse(String text) {
    Matcher found = ONE.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "must be one matcher of a label such as code=~\"5..\", was '" + text + "'");
    }
    return of(found);
  }

  static LabelMatcher of(Matcher found) {
    return new LabelMatcher(
        found.group(1), found.group(2), found.group(3).replaceAll("\\\\(.)", "$1"));
  }

  /** Whether a series with these labels is meant. */
  public boolean matches(Map<String, String> labels) {
    String actual = labels.getOrDefault(label, "");
    return switch (operator) {
      case "=" -> actual.equals(value);
      case "!=" -> !actual.equals(value);
      case "=~" -> Pattern.matches(value, actual);
      default -> !Pattern.matches(value, actual);
    };
  }

  /** As PromQL wants it. */
  @Override
  public String toString() {
    return label + operator + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
