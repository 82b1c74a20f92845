package dev.liftoff.activities.database.proxy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of an ErrorResponse (PostgreSQL documentation, "Error and Notice Message Fields"):
 * the SQLSTATE, and the message without what may be a value. Detail and hint quote rows and are not
 * read.
 */
record ErrorFields(String state, String sentence) {
  private static final int LONGEST = 200;

  /** In these the quoted parts name what is, or is not, in the catalog. */
  private static final Set<String> NAMING =
      Set.of("42703", "42P01", "42883", "42704", "42501", "42701", "42P07", "42710", "428C9");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$.]{0,127}");
  private static final Pattern QUOTED =
      Pattern.compile("\"([^\"]*)\"?|«([^»]*)»?|»([^«]*)«?|„([^“”]*)[“”]?|“([^”]*)”?|'([^']*)'?");

  /** Functions that say what they like: these routines raise an error with the caller's words. */
  private static final Pattern RAISED =
      Pattern.compile("exec_stmt_raise|PLy_.*|plperl_.*|pltcl_.*");

  static ErrorFields of(byte[] body) {
    Map<Character, String> fields = fields(body);
    String state = fields.getOrDefault('C', "").strip();
    String message = fields.getOrDefault('M', "");
    boolean raised = RAISED.matcher(fields.getOrDefault('R', "")).matches();
    String sentence =
        raised
            ? "raised by a function of the database, whose words are not kept"
            : withoutValues(state, message);
    return new ErrorFields(state.isEmpty() ? "?????" : state, sentence);
  }

  private static String withoutValues(String state, String message) {
    boolean naming = state.startsWith("23") || NAMING.contains(state);
    String safe =
        QUOTED
            .matcher(message)
            .replaceAll(match -> Matcher.quoteReplacement(naming ? named(match) : "\"…\""));
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "…" : safe;
  }

  private static String named(MatchResult quoted) {
    for (int group = 1; group <= quoted.groupCount(); group++) {
      String inside = quoted.group(group);
      if (inside != null && NAME.matcher(inside).matches()) {
        return "\"" + inside + "\"";
      }
    }
    return "\"…\"";
  }

  private static Map<Character, String> fields(byte[] body) {
    Map<Character, String> fields = new HashMap<>();
    int at = 0;
    while (at < body.length && body[at] != 0) {
      int end = at + 1;
      while (end < body.length && body[end] != 0) {
        end++;
      }
      String text = new String(body, at + 1, end - at - 1, StandardCharsets.UTF_8);
      fields.put((char) body[at], text);
      at = end + 1;
    }
    return fields;
  }
}
