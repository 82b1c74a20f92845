package dev.liftoff.notify.form;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Announcement.Severity;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message as the HTML part of a mail: no image, no link, no script, nothing from elsewhere, and
 * every text escaped.
 */
public final class HtmlMail {
  private HtmlMail() {}

  public static String of(Announcement announcement, Wording wording) {
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
    <body style="margin:0;padding:16px;font:15px/1.5 sans-serif;color:#1a1a1a;background:#ffffff">
    <h1 style="margin:0 0 4px;padding-left:10px;font-size:19px;border-left:5px solid %s">%s</h1>
    <p style="margin:0 0 12px;color:#555555">%s</p>
    %s</body></html>
    """
        .formatted(
            escaped(wording.heading()),
            colour(announcement.severity()),
            escaped(announcement.title()),
            escaped(wording.standing()),
            list(wording.lines())
                + list(wording.numbers())
                + paragraph(wording.issues())
                + paragraph(wording.next())
                + paragraph(wording.origin()));
  }

  private static String list(List<String> lines) {
    return lines.isEmpty()
        ? ""
        : lines.stream()
            .map(line -> "<li>" + escaped(line) + "</li>\n")
            .collect(Collectors.joining("", "<ul style=\"padding-left:20px\">\n", "</ul>\n"));
  }

  private static String paragraph(String text) {
    return text.isEmpty() ? "" : "<p>" + escaped(text) + "</p>\n";
  }

  /** Beside the words, which say the same. */
  private static String colour(Severity severity) {
    return switch (severity) {
      case INFORMATION -> "#2e7d32";
      case WARNING -> "#b26a00";
      case CRITICAL -> "#b00020";
    };
  }

  static String escaped(String text) {
    return MailText.oneLine(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
