package dev.liftoff.activities.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.traffic.HaproxyTraffic;
import dev.liftoff.checklist.Subject;
import dev.liftoff.probe.ProbeResult.State;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items about the proxy, read back from a real HAProxy. */
class ProxyReadinessIT {
  @TempDir private Path folder;
  private Examining examining;
  private LocalProcess proxy;

  @BeforeEach
  void examining() {
    examining = new Examining(folder);
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void aProxyThatSendsEverythingToOneSlotPasses() throws Exception {
    serving(0);

    assertThat(examining.of(Subject.PROXY).value()).isEqualTo("the proxy sends 100 % to blue");
    assertThat(examining.of(Subject.PROXY).state()).isEqualTo(State.PASS);
  }

  @Test
  void aProxyThatWasLeftInTheMiddleOfARampFails() throws Exception {
    serving(95);

    assertThat(examining.of(Subject.PROXY).state()).isEqualTo(State.FAIL);
    assertThat(examining.of(Subject.PROXY).value())
        .startsWith("the proxy splits: blue 5 %, green 95 %");
    assertThat(examining.of(Subject.LIMITS).state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void aProxyThatIsGoneIsNoData() throws Exception {
    serving(0);
    proxy.close();

    assertThat(examining.of(Subject.PROXY).state()).isEqualTo(State.NO_DATA);
    assertThat(examining.of(Subject.PROXY).value()).contains("socket");
  }

  private void serving(int green) throws Exception {
    int port = LocalProcess.freePort();
    Path map = Files.writeString(folder.resolve("weight.map"), "green " + green + "\n");
    Path socket = folder.resolve("haproxy.sock");
    try (var in = getClass().getResourceAsStream("/traffic/haproxy.cfg")) {
      Files.writeString(
          folder.resolve("haproxy.cfg"),
          new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
              .replace("{{port}}", "" + port)
              .replace("{{socket}}", socket.toString())
              .replace("{{map}}", map.toString())
              .replace("{{blue}}", "" + LocalProcess.freePort())
              .replace("{{green}}", "" + LocalProcess.freePort()));
    }
    proxy =
        LocalProcess.start(
                folder,
                List.of("/usr/sbin/haproxy", "-db", "-f", folder.resolve("haproxy.cfg").toString()))
            .awaitPort(port);
    examining.traffic =
        new HaproxyTraffic(
            new HaproxyTraffic.Settings(
                map,
                socket,
                map.toString(),
                URI.create("http://127.0.0.1:" + port),
                Duration.ofSeconds(2),
                "green"),
            Heartbeat.none());
  }
}
