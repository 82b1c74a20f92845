package dev.liftoff.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.form.PublicText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What leaves the worker for every occasion on every channel, to the byte. {@code
 * -Dliftoff.golden=true} writes the files anew: read what has changed.
 */
class GoldenMessagesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/messages");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
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
  @ValueSource(
      strings = {
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void everyMessageOverHttpIsAsItWasRead(String name) throws Exception {
    Secrets secrets =
        new Secrets(Map.of("TOKEN", "ROUTING-KEY", "SINK", saas.url("/sink").toString()));
    Channel channel =
        ChannelFaultsIT.HttpChannels.at(saas::url, secrets).stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    StringBuilder text = new StringBuilder();
    for (Occasion occasion : Occasion.values()) {
      int before = saas.requests().size();
      channel.send(Messages.sending(told(occasion), false));
      text.append("== ").append(occasion).append('\n');
      for (String request : saas.requests().subList(before, saas.requests().size())) {
        text.append(pretty(request)).append('\n');
      }
    }

    assertGolden(name + ".txt", text.toString());
  }

  @Test
  void everyMailIsAsItWasRead() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      SmtpMail mail =
          new SmtpMail(
              new SmtpMail.Settings(
                  "127.0.0.1",
                  server.getSmtp().getPort(),
                  SmtpMail.Encryption.NONE,
                  null,
                  new SecretReference("env:NONE"),
                  "liftoff@example.com",
                  "team@example.com"),
              new Secrets(Map.of()));
      StringBuilder text = new StringBuilder();
      int sent = 0;
      for (Occasion occasion : Occasion.values()) {
        mail.send(Messages.sending(told(occasion), false));
        String whole = GreenMailUtil.getWholeMessage(server.getReceivedMessages()[sent++]);
        text.append("== ").append(occasion).append('\n');
        String said = whole.substring(whole.indexOf("Date: ")).replace("\r\n", "\n");
        text.append(said.replaceAll("----=_Part_[0-9._]+", "----=_Part")).append('\n');
      }
      assertGolden("email.txt", text.toString());
    } finally {
      server.stop();
    }
  }

  @Test
  void everyPublicSentenceIsAsItWasRead() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Occasion occasion : Occasion.values()) {
      PublicText text = PublicText.of(Messages.sending(told(occasion), false), "Shop");
      lines.add(
          "%s: %s%s: %s"
              .formatted(
                  occasion, text.incident() ? "incident " : "", text.status(), text.sentence()));
    }
    assertGolden("public.txt", String.join("\n", lines) + "\n");

    StatusFolder page =
        new StatusFolder(new StatusFolder.Settings(folder, "Shop", "https://status.example.com/"));
    for (Occasion occasion : List.of(Occasion.NOTICE, Occasion.TRAFFIC, Occasion.HAND_OVER)) {
      page.send(Messages.sending(told(occasion), false));
    }
    for (String file : List.of("index.html", "status.json", "rss.xml")) {
      assertGolden(file, Files.readString(folder.resolve(file)));
    }
  }

  private static Announcement told(Occasion occasion) {
    return Messages.announcement(
        occasion,
        occasion.word().replace('-', ' '),
        List.of("<!channel> a reason that ann typed", "green has 100 %"));
  }

  private static String pretty(String request) throws IOException {
    String[] parts = request.split("\n", 2);
    return parts[1].isEmpty()
        ? parts[0]
        : parts[0]
            + "\n"
            + JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(parts[1]));
  }

  private static void assertGolden(String file, String text) throws IOException {
    Path golden = GOLDEN.resolve(file);
    if (Boolean.getBoolean("liftoff.golden")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }
}
