package dev.liftoff.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.OnCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with a wrong certificate may be anybody: it gets nothing, and is named. */
class UnprovenServerIT {
  private static final String PASSWORD = "changeit";
  private static final String TRUST = "javax.net.ssl.trustStore";

  @TempDir private static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    keytool(
        "-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-keystore", "ca");
    keytool("-exportcert", "-alias", "ca", "-keystore", "ca", "-file", "ca.crt");
    keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", "trust", "-file", "ca.crt");
    signed("good", "san=ip:127.0.0.1", "-0d", "30");
    signed("elsewhere", "san=dns:elsewhere.example.com", "-0d", "30");
    signed("expired", "san=ip:127.0.0.1", "-30d", "10");
    System.setProperty(TRUST, folder.resolve("trust").toString());
    System.setProperty(TRUST + "Password", PASSWORD);
  }

  @AfterAll
  static void trustWhoWasTrusted() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack",
        "slack-posts",
        "slack-card",
        "pagerduty",
        "statuspage",
        "grafana",
        "events",
        "webhook"
      })
  void aCertificateThatHasExpiredGetsNothingOnAnyChannel(String channel) throws Exception {
    assertThat(told(channel, "expired"))
        .isEqualTo(
            Told.failed(
                channel, "the certificate of 127.0.0.1 has expired; nothing was sent", false));
  }

  @Test
  void aCertificateForAnotherNameGetsNothing() throws Exception {
    assertThat(told("pagerduty", "elsewhere").note())
        .isEqualTo("the certificate of 127.0.0.1 is not for this name; nothing was sent");
  }

  @Test
  void aCertificateFromNobodyGetsNothing() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "self",
        "-dname",
        "CN=self",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        "self");

    assertThat(told("pagerduty", "self").note())
        .isEqualTo(
            "the certificate of 127.0.0.1 is from nobody whom this machine trusts; nothing was sent");
  }

  @Test
  void aCertificateThatIsRightGetsTheMessage() throws Exception {
    assertThat(told("webhook", "good").state()).isEqualTo(Told.State.SENT);
  }

  @Test
  void aMailServerThatNobodyKnowsGetsNothing() {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    server.start();
    try {
      SmtpMail mail =
          new SmtpMail(
              new SmtpMail.Settings(
                  "127.0.0.1",
                  server.getSmtps().getPort(),
                  SmtpMail.Encryption.TLS,
                  null,
                  new SecretReference("env:NONE"),
                  "liftoff@example.com",
                  "team@example.com"),
              new Secrets(Map.of()));
      Told told = announced(mail, new Secrets(Map.of()));

      assertThat(told.state()).isEqualTo(Told.State.FAILED);
      assertThat(told.again()).isFalse();
      assertThat(told.note()).startsWith("the certificate of 127.0.0.1 ");
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  private static Told told(String channel, String keys) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpsServer server = server(keys, requests);
    server.start();
    try {
      URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
      Secrets secrets = new Secrets(Map.of("TOKEN", "token", "SINK", url + "/sink"));
      List<Channel> channels =
          new ArrayList<>(ChannelFaultsIT.HttpChannels.at(path -> URI.create(url + path), secrets));
      channels.add(
          new SlackWebhook(
              new SlackWebhook.Settings("slack", new SecretReference("env:SINK")), secrets));
      Told told =
          announced(
              channels.stream().filter(one -> one.name().equals(channel)).findFirst().orElseThrow(),
              secrets);
      assertThat(requests.get()).isEqualTo(told.state() == Told.State.SENT ? 1 : 0);
      return told;
    } finally {
      server.stop(0);
    }
  }

  private static Told announced(Channel channel, Secrets secrets) {
    return new ChannelNotifier(
            new ChannelNotifier.Settings(Messages.LIMIT, OnCall.NOBODY),
            List.of(channel),
            secrets,
            () -> false)
        .announce(
            Messages.LAUNCH,
            Messages.announcement(Occasion.ROLLING_BACK, "rolling back", List.of("a fact")))
        .told()
        .getFirst();
  }

  private static HttpsServer server(String keys, AtomicInteger requests)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(keys))) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    return server;
  }

  private static void signed(String name, String names, String begin, String days)
      throws Exception {
    keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keystore", name);
    keytool("-certreq", "-alias", name, "-keystore", name, "-file", name + ".csr");
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-keystore",
        "ca",
        "-ext",
        names,
        "-startdate",
        begin,
        "-validity",
        days,
        "-infile",
        name + ".csr",
        "-outfile",
        name + ".crt");
    keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", name, "-file", "ca.crt");
    keytool("-importcert", "-noprompt", "-alias", name, "-keystore", name, "-file", name + ".crt");
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC"));
    }
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
  }
}
