package dev.liftoff.shop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little JSON the shop speaks: flat objects in, strings out. */
final class Json {
  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d+|true|false|null))\\s*([,}])");

  private Json() {}

  static Map<String, String> flatObject(String text) {
    String body = text.strip();
    if (!body.startsWith("{") || !body.endsWith("}")) {
      throw new IllegalArgumentException("the body must be a JSON object");
    }
    Map<String, String> values = new LinkedHashMap<>();
    Matcher pair = PAIR.matcher(body).region(1, body.length());
    boolean more = !body.substring(1).strip().equals("}");
    while (more) {
      if (!pair.lookingAt()) {
        throw new IllegalArgumentException("the body must be a flat JSON object");
      }
      values.put(pair.group(1), pair.group(2) != null ? pair.group(2) : pair.group(3));
      more = pair.group(4).equals(",");
      pair.region(pair.end(), body.length());
    }
    return values;
  }

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        default -> quoted.append(c < ' ' ? ' ' : c);
      }
    }
    return quoted.append('"').toString();
  }
}
