package dev.liftoff.activities.database;

import java.util.List;
import java.util.regex.Pattern;

/** SQL as far as a launch has to read it. */
public final class SqlText {
  private static final int LONGEST = 120;
  private static final String COMMENT = "--[^\\n]*|/\\*(?s:.*?)(?:\\*/|$)";
  private static final String ESCAPED = "(?i:\\be)'(?:[^'\\\\]|\\\\.|'')*(?:'|$)";
  private static final String QUOTED = "'(?:[^']|'')*(?:'|$)";
  private static final String DOLLARS = "(\\$\\w*\\$)(?s:.*?)(?:\\1|$)";
  private static final String NUMBER = "\\b\\d+(?:\\.\\d+)?\\b";
  private static final Pattern LITERAL =
      Pattern.compile(String.join("|", ESCAPED, QUOTED, DOLLARS, NUMBER), Pattern.DOTALL);
  private static final Pattern CONCURRENT_INDEX =
      Pattern.compile(
          "\\bCREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?"
              + "(\"(?:[^\"]|\"\")+\"|[\\w$]+)\\s+ON\\s+(?:ONLY\\s+)?((?:\"(?:[^\"]|\"\")+\"|[\\w$.])+)",
          Pattern.CASE_INSENSITIVE);

  private SqlText() {}

  /** One line without the values, which are rows of customers. PostgreSQL cuts long queries off. */
  public static String withoutLiterals(String sql) {
    String masked = LITERAL.matcher(sql).replaceAll("?").replaceAll("\\s+", " ").strip();
    return masked.length() > LONGEST ? masked.substring(0, LONGEST) + "…" : masked;
  }

  /**
   * An index that is created concurrently under this name.
   *
   * @param name as the catalog spells it
   * @param table as the file spells it
   */
  public record NamedIndex(String name, String table) {}

  public static List<NamedIndex> concurrentIndexes(String sql) {
    String code = sql.replaceAll(COMMENT + "|" + QUOTED, " ");
    return CONCURRENT_INDEX
        .matcher(code)
        .results()
        .map(found -> new NamedIndex(folded(found.group(1)), found.group(2)))
        .toList();
  }

  private static String folded(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name.toLowerCase(java.util.Locale.ROOT);
  }
}
