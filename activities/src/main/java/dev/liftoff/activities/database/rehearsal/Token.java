package dev.liftoff.activities.database.rehearsal;

/**
 * A piece of SQL.
 *
 * @param text a word in upper case; of anything quoted, what is between the quotes
 * @param depth how many parentheses are open around it
 */
record Token(Kind kind, String text, int line, int depth) {

  /** What a rule may read in it: a keyword is never quoted. */
  enum Kind {
    WORD,
    IDENTIFIER,
    STRING,
    DOLLAR_STRING,
    SYMBOL
  }

  boolean is(String word) {
    return kind != Kind.STRING
        && kind != Kind.DOLLAR_STRING
        && kind != Kind.IDENTIFIER
        && text.equals(word);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.IDENTIFIER;
  }
}
