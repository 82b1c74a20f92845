package dev.liftoff.activities.metrics;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a PromQL expression reads series. It knows just enough of the language for that; what
 * it misreads, Prometheus refuses, and that is no data with a reason.
 */
final class SelectorScanner {
  private static final Set<String> BEFORE_LABELS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "unless", "atan2", "bool", "offset", "inf", "nan");

  private final String text;
  private final Set<Selector> found = new LinkedHashSet<>();
  private int at;

  private SelectorScanner(String text) {
    this.text = text;
  }

  static List<Selector> selectors(String promql) {
    SelectorScanner scanner = new SelectorScanner(promql);
    while (scanner.at < promql.length()) {
      scanner.step();
    }
    return List.copyOf(scanner.found);
  }

  private void step() {
    char next = text.charAt(at);
    if (next == '#') {
      skipTo('\n');
    } else if (isQuote(next)) {
      skipString();
    } else if (next == '[') {
      skipTo(']');
    } else if (next == '{') {
      selector("");
    } else if (isDigit(next)) {
      word();
    } else if (isNameStart(next)) {
      name();
    } else {
      at++;
    }
  }

  private void name() {
    String word = word();
    String lower = word.toLowerCase(Locale.ROOT);
    if (BEFORE_LABELS.contains(lower)) {
      if (peek() == '(') {
        skipTo(')');
      }
    } else if (!KEYWORDS.contains(lower) && peek() != '(' && !aggregates()) {
      selector(word);
    }
  }

  /** An aggregation may name its labels before its brackets: {@code sum by (slot) (...)}. */
  private boolean aggregates() {
    int here = at;
    skipSpace();
    String following = at < text.length() && isNameStart(text.charAt(at)) ? word() : "";
    at = here;
    return following.equalsIgnoreCase("by") || following.equalsIgnoreCase("without");
  }

  private void selector(String name) {
    String matchers = peek() == '{' ? matchers() : "";
    found.add(new Selector(name + matchers, range()));
  }

  private String matchers() {
    skipSpace();
    int start = at;
    while (at < text.length() && text.charAt(at) != '}') {
      if (isQuote(text.charAt(at))) {
        skipString();
      } else {
        at++;
      }
    }
    at = Math.min(at + 1, text.length());
    return text.substring(start, at);
  }

  private @Nullable String range() {
    if (peek() != '[') {
      return null;
    }
    skipSpace();
    int start = at + 1;
    skipTo(']');
    String range = text.substring(start, Math.max(start, at - 1));
    return range.contains(":") ? range.substring(0, range.indexOf(':')).strip() : range.strip();
  }

  private String word() {
    int start = at;
    while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipString() {
    char quote = text.charAt(at++);
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
    }
    at = Math.min(at + 1, text.length());
  }

  private void skipTo(char end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + 1;
  }

  private char peek() {
    int here = at;
    while (here < text.length() && Character.isWhitespace(text.charAt(here))) {
      here++;
    }
    return here < text.length() ? text.charAt(here) : '\0';
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }
}
