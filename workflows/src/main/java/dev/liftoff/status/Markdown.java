package dev.liftoff.status;

/** Text of people and systems within Markdown. */
public final class Markdown {
  private Markdown() {}

  /**
   * Shown as text, on one line: no markup, no HTML, no table cell, no mention of a person or of a
   * channel.
   */
  public static String plain(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1")
        .replaceAll("(^|[^\\p{Alnum}.])@(?=\\p{Alnum})", "$1@\u200b")
        .replaceAll("\\R", " ");
  }
}
