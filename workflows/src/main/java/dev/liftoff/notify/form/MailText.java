package dev.liftoff.notify.form;

import dev.liftoff.gate.Texts;
import java.util.ArrayList;
import java.util.List;

/**
 * A message as the plain text of a mail.
 *
 * @param subject one line
 */
public record MailText(String subject, String text) {
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_LINE = 2_000;

  public static MailText of(Sending sending, Wording wording) {
    List<String> lines =
        new ArrayList<>(List.of(wording.standing(), "", sending.announcement().title()));
    wording.lines().forEach(line -> lines.add("- " + oneLine(line)));
    if (!wording.numbers().isEmpty()) {
      lines.add("");
      lines.addAll(wording.numbers());
    }
    for (String line : List.of(wording.issues(), wording.next(), wording.origin())) {
      if (!line.isEmpty()) {
        lines.add("");
        lines.add(oneLine(line));
      }
    }
    return new MailText(
        Texts.cut(oneLine(wording.heading()), LONGEST_SUBJECT), String.join("\n", lines) + "\n");
  }

  /** No text can begin a header of its own. */
  public static String oneLine(String text) {
    return Texts.cut(text.replaceAll("\\p{Cntrl}+", " ").strip(), LONGEST_LINE);
  }
}
