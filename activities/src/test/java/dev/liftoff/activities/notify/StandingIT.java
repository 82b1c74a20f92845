package dev.liftoff.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.Waiting;
import dev.liftoff.activities.notify.FakeSaas.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels are asked whether they would take a message, and nobody is told anything. */
class StandingIT {
  private static final Duration LIMIT = Waiting.BUSY;
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final String TOKEN = "xoxb-pl4nted";
  private static final SecretReference SECRET = new SecretReference("env:TOKEN");

  @TempDir private Path folder;
  private final Secrets secrets = new Secrets(Map.of("TOKEN", TOKEN));
  private FakeSaas saas;

  @BeforeEach
  void start() throws IOException {
    saas = new FakeSaas();
  }

  @AfterEach
  void stop() {
    saas.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slack-posts", "slack-card", "pagerduty", "statuspage", "grafana"})
  void aServiceThatAnswersWouldTakeAMessageAndHasNone(String name) {
    Standing standing = Standing.of(channel(name), LIMIT);

    assertThat(standing.state()).isEqualTo(Standing.State.READY);
    assertThat(saas.requests()).hasSize(1);
    assertThat(saas.slackMessages()).isEmpty();
    assertThat(saas.incidents()).isEmpty();
    assertThat(saas.annotations()).isEmpty();
    assertThat(saas.pages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slack-posts", "slack-card", "pagerduty", "statuspage", "grafana"})
  void aServiceThatRefusesIsBrokenOrTalksNonsenseWouldNot(String name) {
    for (Fault fault : List.of(Fault.UNAUTHORIZED_401, Fault.ERROR_500, Fault.WAIT_30)) {
      saas.failing(fault);
      assertThat(Standing.of(channel(name), LIMIT).state())
          .as(fault.name())
          .isEqualTo(Standing.State.REFUSED);
    }
    saas.failing(name.equals("pagerduty") ? Fault.REFUSED_400 : Fault.GARBAGE);
    assertThat(Standing.of(channel(name), LIMIT))
        .satisfies(standing -> {
          assertThat(standing.state()).isEqualTo(Standing.State.REFUSED);
          assertThat(standing.words()).doesNotContain(TOKEN);
        });
  }

  @Test
  void slackSaysNoWithAStatusOf200() {
    saas.failing(Fault.NOT_OK);

    assertThat(Standing.of(channel("slack-posts"), LIMIT))
        .isEqualTo(new Standing(Standing.State.REFUSED, "Slack says channel_not_found"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"slack-posts", "pagerduty", "statuspage", "grafana"})
  void aServiceThatDoesNotAnswerIsUnknownWithinTheLimit(String name) {
    saas.failing(Fault.SLOW);
    long begun = System.nanoTime();

    assertThat(Standing.of(channel(name), SHORT).state()).isEqualTo(Standing.State.UNKNOWN);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Waiting.BUSY);
  }

  @Test
  void aPagerTakesAChangeEventWhichPagesNobody() {
    assertThat(Standing.of(channel("pagerduty"), LIMIT).words()).isEqualTo("took a change event");
    assertThat(saas.requests().getFirst()).startsWith("POST /pagerduty/v2/change/enqueue");
    assertThat(saas.alerts()).isEmpty();
  }

  @Test
  void whatHasNoHarmlessCallIsUnknownAndNotCalled() {
    assertThat(Standing.of(channel("webhook"), LIMIT).state()).isEqualTo(Standing.State.UNKNOWN);
    assertThat(saas.requests()).isEmpty();
  }

  @Test
  void aSecretThatIsMissingIsUnknownByItsReference() {
    Channel channel =
        new PagerDuty(
            new PagerDuty.Settings(saas.url("/pagerduty"), new SecretReference("env:NONE")),
            secrets);

    assertThat(Standing.of(channel, LIMIT).words()).contains("env:NONE is not set");
  }

  @Test
  void aMailServerIsGreetedAndGetsNoMail() {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      int port = server.getSmtp().getPort();

      assertThat(Standing.of(mail(port, SmtpMail.Encryption.NONE), LIMIT).state())
          .isEqualTo(Standing.State.READY);
      assertThat(Standing.of(mail(port, SmtpMail.Encryption.STARTTLS), LIMIT).words())
          .contains("STARTTLS is required");
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  @Test
  void nobodyAtTheMailServersPortIsNotReady() {
    Standing standing = Standing.of(mail(LocalProcess.freePort(), SmtpMail.Encryption.NONE), LIMIT);

    assertThat(standing.state()).isEqualTo(Standing.State.REFUSED);
  }

  @Test
  void aStatusFolderThatCannotBeMadeIsUnknown() throws IOException {
    assertThat(Standing.of(statusFolder(folder.resolve("page")), LIMIT).state())
        .isEqualTo(Standing.State.READY);
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(Standing.of(statusFolder(file.resolve("page")), LIMIT).state())
        .isEqualTo(Standing.State.UNKNOWN);
  }

  private static StatusFolder statusFolder(Path at) {
    return new StatusFolder(new StatusFolder.Settings(at, "Shop", "https://status.example.com/"));
  }

  private SmtpMail mail(int port, SmtpMail.Encryption encryption) {
    return new SmtpMail(
        new SmtpMail.Settings(
            "127.0.0.1", port, encryption, null, null, "liftoff@example.com", "team@example.com"),
        secrets);
  }

  private Channel channel(String name) {
    List<Channel> slack =
        SlackBot.channels(new SlackBot.Settings(saas.url("/slack"), SECRET, "C1"), secrets);
    return switch (name) {
      case "slack-posts" -> slack.getFirst();
      case "slack-card" -> slack.getLast();
      case "pagerduty" ->
          new PagerDuty(new PagerDuty.Settings(saas.url("/pagerduty"), SECRET), secrets);
      case "statuspage" ->
          new Statuspage(
              new Statuspage.Settings(saas.url("/statuspage"), "p1", SECRET, "Shop"), secrets);
      case "grafana" ->
          new GrafanaAnnotations(
              new GrafanaAnnotations.Settings(saas.url("/grafana"), SECRET), secrets);
      default -> new JsonWebhook(new JsonWebhook.Settings(SECRET), secrets);
    };
  }
}
