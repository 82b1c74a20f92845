package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.rehearsal.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One statement, without its semicolon.
 *
 * @param inBlock it stands in the body of a DO block
 */
record SqlStatement(List<Token> tokens, boolean inBlock) {
  private static final int NOWHERE = -1;
  private static final Set<String> BLOCK_WORDS = Set.of("BEGIN", "THEN", "ELSE", "LOOP", "DECLARE");
  private static final Set<String> FILLERS =
      Set.of("IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY", "UNLOGGED", "TABLE", "INTO", "FROM");

  SqlStatement {
    tokens = List.copyOf(tokens);
  }

  /** The statements of a script, those inside its DO blocks after the block itself. */
  static List<SqlStatement> of(String sql) {
    List<SqlStatement> all = new ArrayList<>();
    for (SqlStatement each : split(SqlTokens.of(sql, 1), false)) {
      all.add(each);
      if (each.starts("DO")) {
        each.tokens.stream()
            .filter(token -> token.kind() == Kind.DOLLAR_STRING)
            .forEach(body -> all.addAll(split(SqlTokens.of(body.text(), body.line()), true)));
      }
    }
    return all;
  }

  int line() {
    return tokens.getFirst().line();
  }

  boolean starts(String... words) {
    return at(0, words);
  }

  boolean has(String... words) {
    return find(0, words) != NOWHERE;
  }

  boolean has(String word, Set<String> next) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token after = tokens.get(i + 1);
      if (tokens.get(i).is(word) && after.kind() == Kind.WORD && next.contains(after.text())) {
        return true;
      }
    }
    return false;
  }

  boolean hasText(String text) {
    return tokens.stream()
        .anyMatch(token -> token.kind() == Kind.STRING && token.text().equalsIgnoreCase(text));
  }

  boolean calls(Set<String> functions) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token name = tokens.get(i);
      if (name.kind() == Kind.WORD
          && functions.contains(name.text())
          && tokens.get(i + 1).is("(")) {
        return true;
      }
    }
    return false;
  }

  /** Index of the first of these words in a row; negative when they are not there. */
  int find(int from, String... words) {
    for (int i = from; i < tokens.size(); i++) {
      if (at(i, words)) {
        return i;
      }
    }
    return NOWHERE;
  }

  boolean at(int index, String... words) {
    if (index + words.length > tokens.size()) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      if (!tokens.get(index + i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the word follows at the same depth, before the parenthesis around both closes. */
  boolean hasBesides(int index, String word) {
    int depth = tokens.get(index).depth();
    return tokens.stream()
        .skip(index + 1L)
        .takeWhile(token -> token.depth() >= depth)
        .anyMatch(token -> token.depth() == depth && token.is(word));
  }

  /** The last part of the name after these words, as PostgreSQL folds it; empty without one. */
  String nameAfter(String... words) {
    int index = find(0, words);
    if (index == NOWHERE) {
      return "";
    }
    index += words.length;
    while (index < tokens.size()
        && tokens.get(index).kind() == Kind.WORD
        && FILLERS.contains(tokens.get(index).text())) {
      index++;
    }
    while (index + 2 < tokens.size() && tokens.get(index + 1).is(".")) {
      index += 2;
    }
    return index < tokens.size() && tokens.get(index).isName() ? name(tokens.get(index)) : "";
  }

  private static String name(Token token) {
    return token.kind() == Kind.WORD ? token.text().toLowerCase(Locale.ROOT) : token.text();
  }

  /** A body of a function in SQL holds semicolons of its own. */
  private static List<SqlStatement> split(List<Token> tokens, boolean inBlock) {
    List<SqlStatement> statements = new ArrayList<>();
    List<Token> current = new ArrayList<>();
    int nested = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      nested += nesting(tokens, i, nested);
      boolean ends =
          nested == 0
              && (token.is(";")
                  || (inBlock && token.kind() == Kind.WORD && BLOCK_WORDS.contains(token.text())));
      if (!ends) {
        current.add(token);
      } else if (!current.isEmpty()) {
        statements.add(new SqlStatement(current, inBlock));
        current.clear();
      }
    }
    if (!current.isEmpty()) {
      statements.add(new SqlStatement(current, inBlock));
    }
    return statements;
  }

  private static int nesting(List<Token> tokens, int i, int nested) {
    Token token = tokens.get(i);
    boolean opens =
        nested == 0
            ? token.is("ATOMIC") && i > 0 && tokens.get(i - 1).is("BEGIN")
            : token.is("CASE");
    if (opens) {
      return 1;
    }
    return nested > 0 && token.is("END") ? -1 : 0;
  }

  @Override
  public String toString() {
    return String.join(" ", Arrays.asList(tokens.stream().map(Token::text).toArray(String[]::new)));
  }
}
