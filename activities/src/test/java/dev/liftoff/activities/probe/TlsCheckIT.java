package dev.liftoff.activities.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Waiting;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsCheckIT {
  @TempDir private Path folder;
  private final List<ServerSocket> servers = new ArrayList<>();
  private final AtomicInteger hangUps = new AtomicInteger();
  private final Probing probing = Probing.with("x");

  @AfterEach
  void stop() throws IOException {
    probing.close();
    for (ServerSocket server : servers) {
      server.close();
    }
  }

  @Test
  void aCertificateThatIsValidLongEnoughPassesWithItsDays() throws Exception {
    ProbeResult result = result(serving("-1d", 31), 14);

    assertThat(result.state()).isEqualTo(State.PASS);
    assertThat(result.value()).matches("(29|30) days left, until .*");
    assertThat(result.limit()).isEqualTo("valid for at least 14 days");
  }

  @Test
  void aCertificateThatEndsSoonFailsWithItsDays() throws Exception {
    ProbeResult result = result(serving("-1d", 11), 14);

    assertThat(result.state()).isEqualTo(State.FAIL);
    assertThat(result.value()).matches("(9|10) days left, until .*");
  }

  @Test
  void anExpiredCertificateFails() throws Exception {
    ProbeResult result = result(serving("-10d", 5), 14);

    assertThat(result.state()).isEqualTo(State.FAIL);
    assertThat(result.value()).startsWith("expired at ");
  }

  @Test
  void aCertificateOfTomorrowFails() throws Exception {
    ProbeResult result = result(serving("+1d", 90), 14);

    assertThat(result.state()).isEqualTo(State.FAIL);
    assertThat(result.value()).startsWith("not valid before ");
  }

  @Test
  void whatSpeaksNoTlsIsNoData() throws Exception {
    ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    servers.add(plain);
    Thread.ofVirtual()
        .start(() -> {
          try (var socket = plain.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
          } catch (IOException closed) {
            throw new AssertionError(closed);
          }
        });

    assertThat(result(plain.getLocalPort(), 14).state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void whoNeverShakesHandsIsNoDataWithinTheLimit() throws Exception {
    ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    servers.add(silent);
    long start = System.nanoTime();

    assertThat(result(silent.getLocalPort(), 14).state()).isEqualTo(State.NO_DATA);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Waiting.BUSY);
  }

  @Test
  void nobodyThereIsNoData() {
    assertThat(result(LocalProcess.freePort(), 14).value()).startsWith("nobody answers: ");
  }

  private ProbeResult result(int port, int days) {
    return probing.result(new Check.Tls("certificate", "127.0.0.1", port, Duration.ofDays(days)));
  }

  private int serving(String from, int days) throws Exception {
    Path store = keyStore(from, days);
    SSLContext context = SSLContext.getInstance("TLS");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    context.init(factory.getKeyManagers(), null, null);
    ServerSocket server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    servers.add(server);
    Thread.ofVirtual().start(() -> shakeHands(server));
    return server.getLocalPort();
  }

  private void shakeHands(ServerSocket server) {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.startHandshake();
        socket.getInputStream().read();
      } catch (IOException gone) {
        hangUps.incrementAndGet();
      }
    }
  }

  private Path keyStore(String from, int days) throws Exception {
    Path store = folder.resolve("store" + servers.size() + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "site",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-startdate",
                from,
                "-validity",
                "" + days,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }
}
