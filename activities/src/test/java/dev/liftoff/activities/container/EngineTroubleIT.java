package dev.liftoff.activities.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.Waiting;
import dev.liftoff.container.Image;
import dev.liftoff.container.Slot;
import io.temporal.client.ActivityCanceledException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that hangs, and one that is not there. */
class EngineTroubleIT {
  private static final LaunchId LAUNCH = LaunchId.parse("contract/it/v1/1");
  private static final Image IMAGE = new Image("shop:v1", "sha256:" + "0".repeat(64));
  private static final Duration LIMIT = Duration.ofSeconds(1);

  /** The first client of a JVM loads many classes. */
  private static final Duration LONG_ENOUGH_TO_CONNECT = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @Test
  void anEngineThatHangsIsGivenUpAtTheLimit() throws IOException {
    try (var _ = hangingEngine();
        DockerContainers containers = containers(LIMIT, Heartbeat.none())) {
      Instant begun = Instant.now();

      assertThatThrownBy(() -> start(containers))
          .isInstanceOf(EngineFault.class)
          .hasMessageContaining("did not inspect contract-it-green within 1 s")
          .hasMessageContaining(socket().toString());
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Waiting.BUSY);
    }
  }

  @Test
  void aCallThatIsGivenUpLeavesItsConnection() throws Exception {
    try (var engine = hangingEngine();
        DockerContainers containers = containers(LONG_ENOUGH_TO_CONNECT, Heartbeat.none())) {
      FutureTask<Integer> bytes = new FutureTask<>(() -> readToTheEnd(engine));
      Thread.ofVirtual().start(bytes);

      assertThatThrownBy(() -> start(containers)).isInstanceOf(EngineFault.class);

      assertThat(bytes.get(Waiting.BUSY.toSeconds(), TimeUnit.SECONDS)).isPositive();
    }
  }

  @Test
  void waitingForAnEngineThatHangsEndsWhenTheActivityIsCancelled() throws IOException {
    Heartbeat cancelled =
        details -> {
          throw new ActivityCanceledException();
        };
    try (var _ = hangingEngine();
        DockerContainers containers = containers(Duration.ofMinutes(1), cancelled)) {
      Instant begun = Instant.now();

      assertThatThrownBy(() -> start(containers)).isInstanceOf(ActivityCanceledException.class);
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Waiting.BUSY);
    }
  }

  @Test
  void anEngineThatIsNotThereIsNamedWithTheFix() {
    try (DockerContainers containers = containers(Duration.ofSeconds(10), Heartbeat.none())) {
      assertThatThrownBy(() -> start(containers))
          .isInstanceOf(EngineFault.class)
          .hasMessageContaining("no container engine answers at unix://" + socket())
          .hasMessageContaining("start Docker");
    }
  }

  private void start(DockerContainers containers) {
    containers.start(LAUNCH, Slot.GREEN, IMAGE, TestEngine.spec());
  }

  /** Accepts a connection by its backlog, and never answers. */
  private ServerSocketChannel hangingEngine() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket()));
    return server;
  }

  private static int readToTheEnd(ServerSocketChannel engine) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try (SocketChannel connection = engine.accept()) {
      while (connection.read(buffer) >= 0) {
        assertThat(buffer.hasRemaining()).isTrue();
      }
    }
    return buffer.position();
  }

  private Path socket() {
    return folder.resolve("docker.sock");
  }

  private DockerContainers containers(Duration callLimit, Heartbeat heartbeat) {
    var settings =
        DockerContainers.Settings.on(URI.create("unix://" + socket()), folder)
            .withCallLimit(callLimit);
    return new DockerContainers(settings, new Secrets(Map.of()), heartbeat);
  }
}
