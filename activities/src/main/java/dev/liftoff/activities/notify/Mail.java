package dev.liftoff.activities.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.liftoff.notify.form.HtmlMail;
import dev.liftoff.notify.form.MailText;
import dev.liftoff.notify.form.Sending;
import dev.liftoff.notify.form.Wording;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.HexFormat;

/** A message as mail: plain text and HTML, all of a launch in one thread. */
final class Mail extends MimeMessage {
  private static final int ID_DIGITS = 32;
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
    MailText written = MailText.of(sending, wording);
    setSubject(written.subject(), UTF_8.name());
    setContent(alternatives(written.text(), HtmlMail.of(sending.announcement(), wording)));
    setSentDate(Date.from(sending.moment()));
    setHeader("Auto-Submitted", "auto-generated");
    setHeader("References", thread);
    setHeader("In-Reply-To", thread);
    setHeader("X-Liftoff-Launch", MailText.oneLine(sending.launch().toString()));
    saveChanges();
  }

  /** The last one that a program can show is shown. */
  private static MimeMultipart alternatives(String plain, String formatted)
      throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(plain, UTF_8.name());
    MimeBodyPart html = new MimeBodyPart();
    html.setText(formatted, UTF_8.name(), "html");
    return new MimeMultipart("alternative", text, html);
  }

  /** From the key of the delivery, so that a repeat is the same mail. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
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
