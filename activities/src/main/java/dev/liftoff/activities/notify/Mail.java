package dev.liftoff.activities.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.liftoff.gate.Texts;
import dev.liftoff.notify.Announcement;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;

/** A message as mail: plain text and HTML, all of a launch in one thread. */
final class Mail extends MimeMessage {
  private static final int ID_DIGITS = 32;
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_LINE = 2_000;
  private final String id;

  private Mail(Session session, String id) {
    super(session);
    this.id = id;
  }

  static Mail of(Session session, Sending sending, String from, String to, String channel)
      throws NotSent {
    String domain = from.substring(from.indexOf('@') + 1).replace(">", "");
    Mail mail = new Mail(session, id(sending.key(channel), domain));
    try {
      mail.fill(sending, from, to, id(sending.launch().toString(), domain), channel);
      return mail;
    } catch (MessagingException wrong) {
      throw NotSent.ever("the mail cannot be written: " + wrong.getMessage());
    }
  }

  private void fill(Sending sending, String from, String to, String thread, String channel)
      throws MessagingException {
    Wording wording = Wording.of(sending, channel, false);
    setFrom(new InternetAddress(from));
    setRecipients(Message.RecipientType.TO, InternetAddress.parse(to));
    setSubject(Texts.cut(oneLine(wording.heading()), LONGEST_SUBJECT), UTF_8.name());
    setContent(alternatives(sending.announcement(), wording));
    setSentDate(Date.from(sending.moment()));
    setHeader("Auto-Submitted", "auto-generated");
    setHeader("References", thread);
    setHeader("In-Reply-To", thread);
    setHeader("X-Liftoff-Launch", oneLine(sending.launch().toString()));
    saveChanges();
  }

  /** The last one that a program can show is shown. */
  private static MimeMultipart alternatives(Announcement announcement, Wording wording)
      throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(text(announcement, wording), UTF_8.name());
    MimeBodyPart html = new MimeBodyPart();
    html.setText(HtmlMail.of(announcement, wording), UTF_8.name(), "html");
    return new MimeMultipart("alternative", text, html);
  }

  /** From the key of the delivery, so that a repeat is the same mail. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  private static String text(Announcement announcement, Wording wording) {
    List<String> lines = new ArrayList<>(List.of(wording.standing(), "", announcement.title()));
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
    return String.join("\n", lines) + "\n";
  }

  /** No text can begin a header of its own. */
  static String oneLine(String text) {
    return Texts.cut(text.replaceAll("\\p{Cntrl}+", " ").strip(), LONGEST_LINE);
  }

  private static String id(String key, String domain) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return "<" + HexFormat.of().formatHex(sum).substring(0, ID_DIGITS) + "@" + domain + ">";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
