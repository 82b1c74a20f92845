package dev.liftoff.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.notify.ScriptedSmtp.Trouble;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Notifier;
import dev.liftoff.notify.NotifierContract;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.OnCall;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against GreenMail, and a server with all the manners of mail servers. */
class SmtpMailIT extends NotifierContract {
  private static final String TEAM = "team@example.com, nobody@example.com, cto@example.com";
  private GreenMail server;
  private int port;
  private Duration limit = Messages.LIMIT;

  @BeforeEach
  void start() {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    port = server.getSmtp().getPort();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aMailHasTheWordsOfTheMessageAndTheSameIdWhenItIsSentAgain() throws Exception {
    Announcement traffic =
        Messages.announcement(
            Occasion.TRAFFIC, "T+0: traffic is on 2.0.0", List.of("green has 100 %"));

    send(port(), "none", "team@example.com", traffic, false);
    send(port(), "none", "team@example.com", traffic, true);

    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(2);
    assertThat(mails[0].getSubject()).isEqualTo("🚀 T+15m · shop 2.0.0 · T+0: traffic is on 2.0.0");
    assertThat(GreenMailUtil.getBody(mails[0])).isNotEmpty();
    assertThat(text(mails[0]))
        .contains(
            "shop 1.9.0 → 2.0.0 in production", "- green has 100 %", "Issues: ▲ error-rate 2.10 %");
    assertThat(mails[0].getMessageID())
        .isEqualTo(mails[1].getMessageID())
        .endsWith("@example.com>");
    assertThat(mails[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mails[0].getHeader("References"))
        .hasSize(1)
        .isNotEqualTo(mails[0].getHeader("Message-ID"));
  }

  @Test
  void whatWasSentAgainAfterALostAnswerIsAmbiguous() {
    assertThat(send(port(), "none", "team@example.com", traffic(), true).state())
        .isEqualTo(Told.State.AMBIGUOUS);
  }

  @Test
  void noTextCanBeginAHeaderOfItsOwn() throws Exception {
    send(
        port(),
        "none",
        "team@example.com",
        Messages.announcement(
            Occasion.TRAFFIC,
            "hello\r\nBcc: evil@example.com\r\n\r\nbody",
            List.of("x\r\n.\r\nQUIT")),
        false);

    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(server.getReceivedMessages()).hasSize(1);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject()).contains("hello Bcc: evil@example.com body");
  }

  @Test
  void fiftyKilobytesAreCut() throws Exception {
    send(
        port(),
        "none",
        "team@example.com",
        Messages.announcement(Occasion.HELD, "x".repeat(50_000), List.of("y".repeat(50_000))),
        false);

    assertThat(server.getReceivedMessages()[0].getSubject()).hasSize(200);
    assertThat(text(server.getReceivedMessages()[0])).hasSizeLessThan(60_000);
  }

  @Test
  void aServerThatOffersNoEncryptionGetsNothing() {
    Told told = send(port(), "starttls", "team@example.com", traffic(), false);

    assertThat(told.state()).isEqualTo(Told.State.FAILED);
    assertThat(told.note()).contains("STARTTLS");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerThatIsAwayIsTriedAgainLater() throws IOException {
    server.stop();

    Told told = send(port, "none", "team@example.com", traffic(), false);

    assertThat(told.state()).isEqualTo(Told.State.FAILED);
    assertThat(told.again()).isTrue();
  }

  @Test
  void aBusyServerAndAGreylistAreTriedAgain() throws IOException {
    for (Trouble trouble : List.of(Trouble.BUSY_ONCE, Trouble.GREYLISTS_ONCE)) {
      try (ScriptedSmtp smtp = new ScriptedSmtp(trouble)) {
        Told told = send(smtp.port(), "none", "team@example.com", traffic(), false);

        assertThat(told).as(trouble.name()).isEqualTo(Told.sent("email", null));
        assertThat(smtp.mails()).hasSize(1);
      }
    }
  }

  @Test
  void oneRecipientWhoIsRefusedDoesNotKeepItFromTheOthers() throws IOException {
    try (ScriptedSmtp smtp = new ScriptedSmtp(Trouble.KNOWS_NOT_NOBODY)) {
      Told told = send(smtp.port(), "none", TEAM, traffic(), false);

      assertThat(told.state()).isEqualTo(Told.State.SENT);
      assertThat(told.note()).isEqualTo("1 of 3 recipients refused: nobody@example.com: 550");
      assertThat(smtp.recipients()).containsExactly("team@example.com", "cto@example.com");
      assertThat(smtp.mails()).hasSize(1);
    }
  }

  @Test
  void whenEveryRecipientIsRefusedItIsForEver() throws IOException {
    try (ScriptedSmtp smtp = new ScriptedSmtp(Trouble.KNOWS_NOT_NOBODY)) {
      Told told = send(smtp.port(), "none", "nobody@example.com", traffic(), false);

      assertThat(told.state()).isEqualTo(Told.State.FAILED);
      assertThat(told.again()).isFalse();
      assertThat(told.note()).contains("nobody@example.com: 550");
    }
  }

  @Test
  void aServerThatHangsAfterTheTextLeavesADoubt() throws IOException {
    limit = Duration.ofSeconds(3);
    try (ScriptedSmtp smtp = new ScriptedSmtp(Trouble.HANGS_AFTER_DATA_ONCE)) {
      Told told = send(smtp.port(), "none", "team@example.com", traffic(), false);

      assertThat(told.state()).isEqualTo(Told.State.AMBIGUOUS);
      assertThat(told.again()).isTrue();
      assertThat(smtp.mails()).hasSize(1);
    }
  }

  @Test
  void whatWasTakenBeforeTheConnectionBrokeIsSentAgainAsTheSameMail() throws IOException {
    try (ScriptedSmtp smtp = new ScriptedSmtp(Trouble.RESETS_AFTER_DATA_ONCE)) {
      Told told = send(smtp.port(), "none", "team@example.com", traffic(), false);

      assertThat(told.state()).isEqualTo(Told.State.AMBIGUOUS);
      assertThat(told.again()).isFalse();
      assertThat(smtp.mails()).hasSize(2);
      assertThat(smtp.mails().stream().map(SmtpMailIT::messageId).distinct()).hasSize(1);
    }
  }

  private static String messageId(String mail) {
    return mail.lines().filter(line -> line.startsWith("Message-ID:")).findFirst().orElseThrow();
  }

  @Test
  void settingsThatAreNoAddressesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(25, "none", "not an address"))
        .withMessageContaining("no mail addresses");
  }

  @Test
  void theHtmlPartSaysTheSameAndNothingInItIsAlive() throws Exception {
    send(
        port(),
        "none",
        "team@example.com",
        Messages.announcement(
            Occasion.TRAFFIC, "<script>x</script>", List.of("<img src=x onerror=y> & 'co'")),
        false);

    MimeMultipart parts = (MimeMultipart) server.getReceivedMessages()[0].getContent();
    String html = String.valueOf(parts.getBodyPart(1).getContent());
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(html)
        .contains("&lt;script&gt;x&lt;/script&gt;")
        .contains("<li>&lt;img src=x onerror=y&gt; &amp; &#39;co&#39;</li>")
        .doesNotContain("<script", "<img", "href", "src=\"");
  }

  private static String text(MimeMessage mail) throws Exception {
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    return String.valueOf(parts.getBodyPart(0).getContent());
  }

  private Told send(
      int port, String encryption, String to, Announcement announcement, boolean repeated) {
    return notifier(port, encryption, to, repeated)
        .announce(Messages.LAUNCH, announcement)
        .told()
        .getFirst();
  }

  private static Announcement traffic() {
    return Messages.announcement(Occasion.TRAFFIC, "T+0: traffic is on 2.0.0", List.of());
  }

  private Notifier notifier(int port, String encryption, String to, boolean repeated) {
    Secrets secrets = new Secrets(Map.of("PASSWORD", "very-secret"));
    return new ChannelNotifier(
        new ChannelNotifier.Settings(limit, OnCall.NOBODY),
        List.of(new SmtpMail(settings(port, encryption, to), secrets)),
        secrets,
        () -> repeated);
  }

  private static SmtpMail.Settings settings(int port, String encryption, String to) {
    return new SmtpMail.Settings(
        "127.0.0.1",
        port,
        encryption.equals("none") ? SmtpMail.Encryption.NONE : SmtpMail.Encryption.STARTTLS,
        null,
        new SecretReference("env:PASSWORD"),
        "liftoff@example.com",
        to);
  }

  private int port() {
    return port;
  }

  @Override
  protected Notifier notifier() {
    return notifier(port(), "none", "team@example.com", false);
  }

  @Override
  protected List<String> seenByPeople() {
    return Arrays.stream(server.getReceivedMessages()).map(SmtpMailIT::title).toList();
  }

  @Override
  protected void cutOff() {
    server.stop();
  }

  private static String title(MimeMessage mail) {
    try {
      return mail.getSubject().replaceFirst("^(WARNING|CRITICAL): ", "");
    } catch (MessagingException wrong) {
      throw new AssertionError(wrong);
    }
  }
}
