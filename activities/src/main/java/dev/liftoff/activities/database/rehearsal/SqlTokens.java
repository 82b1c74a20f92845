package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.rehearsal.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads PostgreSQL's lexical structure: what is a comment, a string or a name, and what is not.
 * Text that never ends is read to the end of the file.
 */
final class SqlTokens {
  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line;
  private int depth;

  private SqlTokens(String sql, int firstLine) {
    this.sql = sql;
    this.line = firstLine;
  }

  static List<Token> of(String sql, int firstLine) {
    SqlTokens reader = new SqlTokens(sql, firstLine);
    while (reader.at < sql.length()) {
      reader.next();
    }
    return List.copyOf(reader.tokens);
  }

  private void next() {
    char c = sql.charAt(at);
    if (Character.isWhitespace(c)) {
      skip(at + 1);
    } else if (sql.startsWith("--", at)) {
      skip(endOf("\n", at));
    } else if (sql.startsWith("/*", at)) {
      skip(endOfComment());
    } else if (c == '\'') {
      quoted(Kind.STRING, '\'', false);
    } else if (c == '"') {
      quoted(Kind.IDENTIFIER, '"', false);
    } else if (c == '$' && tag() != null) {
      dollarQuoted(tag());
    } else if (isNameStart(c)) {
      word();
    } else {
      symbol(c);
    }
  }

  private void word() {
    int end = at + 1;
    while (end < sql.length() && isNamePart(sql.charAt(end))) {
      end++;
    }
    String word = sql.substring(at, end).toUpperCase(Locale.ROOT);
    boolean prefix = word.matches("[EBXN]") && end < sql.length() && sql.charAt(end) == '\'';
    if (prefix) {
      skip(end);
      quoted(Kind.STRING, '\'', word.equals("E"));
    } else {
      add(Kind.WORD, word, end);
    }
  }

  private void symbol(char c) {
    if (c == ')') {
      depth = Math.max(0, depth - 1);
    }
    add(Kind.SYMBOL, String.valueOf(c), at + 1);
    if (c == '(') {
      depth++;
    } else if (c == ';') {
      depth = 0;
      skipCopiedRows();
    }
  }

  /** The quote is written twice to mean itself; with escapes, a backslash protects it too. */
  private void quoted(Kind kind, char quote, boolean escapes) {
    int end = at + 1;
    StringBuilder text = new StringBuilder();
    while (end < sql.length()) {
      char c = sql.charAt(end);
      boolean doubled = c == quote && end + 1 < sql.length() && sql.charAt(end + 1) == quote;
      if (c == quote && !doubled) {
        break;
      }
      text.append(c);
      end += doubled || (escapes && c == '\\') ? 2 : 1;
    }
    add(kind, text.toString(), Math.min(end + 1, sql.length()));
  }

  private void dollarQuoted(String tag) {
    int start = at + tag.length();
    int close = sql.indexOf(tag, start);
    int end = close < 0 ? sql.length() : close;
    add(Kind.DOLLAR_STRING, sql.substring(start, end), Math.min(end + tag.length(), sql.length()));
  }

  /** Such as {@code $$} or {@code $body$}; null when the dollar begins something else. */
  private @org.jspecify.annotations.Nullable String tag() {
    int end = at + 1;
    while (end < sql.length() && sql.charAt(end) != '$') {
      char c = sql.charAt(end);
      boolean fits = end == at + 1 ? isNameStart(c) : isNamePart(c);
      if (!fits) {
        return null;
      }
      end++;
    }
    return end < sql.length() ? sql.substring(at, end + 1) : null;
  }

  /** Rows that follow COPY … FROM STDIN end at a line with a backslash and a dot. */
  private void skipCopiedRows() {
    int last = tokens.size() - 1;
    int first = last;
    while (first > 0 && !tokens.get(first - 1).is(";")) {
      first--;
    }
    boolean copies =
        tokens.get(first).is("COPY")
            && tokens.subList(first, last).stream().anyMatch(token -> token.is("STDIN"));
    if (copies) {
      skip(endOf("\n\\.", at));
    }
  }

  private int endOfComment() {
    int open = 1;
    int end = at + 2;
    while (end < sql.length() && open > 0) {
      if (sql.startsWith("*/", end)) {
        open--;
        end += 2;
      } else if (sql.startsWith("/*", end)) {
        open++;
        end += 2;
      } else {
        end++;
      }
    }
    return end;
  }

  private int endOf(String ending, int from) {
    int found = sql.indexOf(ending, from);
    return found < 0 ? sql.length() : found + ending.length();
  }

  private void add(Kind kind, String text, int end) {
    tokens.add(new Token(kind, text, line, depth));
    skip(end);
  }

  private void skip(int end) {
    for (; at < end; at++) {
      if (sql.charAt(at) == '\n') {
        line++;
      }
    }
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
