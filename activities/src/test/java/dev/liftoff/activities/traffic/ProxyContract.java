package dev.liftoff.activities.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.container.Slot;
import dev.liftoff.traffic.Traffic;
import dev.liftoff.traffic.TrafficContract;
import dev.liftoff.traffic.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold with a real proxy between real clients and real servers. */
abstract class ProxyContract extends TrafficContract {
  protected static final Duration LIMIT = Duration.ofSeconds(10);

  /** Of what waits for it to its end whatever the machine does. */
  protected static final Duration IN_VAIN = Duration.ofSeconds(3);

  private static final int SWITCHES = 20;

  @TempDir protected Path folder;
  protected Backend blue;
  protected Backend green;
  protected ProxyProcess proxy;
  private Connection connection;

  /** Starts the proxy with blue serving everything. */
  protected abstract ProxyProcess startProxy() throws IOException;

  /** The adapter, asking its slots here. */
  protected abstract Traffic traffic(URI probe, Duration limit);

  @BeforeEach
  void startBackendsAndProxy() throws IOException {
    blue = new Backend(Slot.BLUE);
    green = new Backend(Slot.GREEN);
    proxy = startProxy();
    connection = new Connection(proxy.port());
  }

  @AfterEach
  void stopProxyAndBackends() throws IOException {
    connection.close();
    proxy.close();
    blue.close();
    green.close();
  }

  @Override
  protected Traffic traffic() {
    return traffic(probe(), LIMIT);
  }

  @Override
  protected Traffic impatient() {
    return traffic(probe(), IN_VAIN);
  }

  protected final URI probe() {
    return URI.create("http://127.0.0.1:%d/health/ready".formatted(proxy.port()));
  }

  @Override
  protected Slot request() {
    try {
      connection = connection.open() ? connection : new Connection(proxy.port());
      return Slot.of(connection.ask("GET", "/", true).slot());
    } catch (IOException reason) {
      throw new UncheckedIOException(reason);
    }
  }

  @Override
  protected void kill(Slot slot) {
    (slot == Slot.BLUE ? blue : green).close();
  }

  @Override
  protected void restartProxy() {
    try {
      proxy.stop();
      proxy.start();
    } catch (IOException reason) {
      throw new UncheckedIOException(reason);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void switchesUnderLoadLoseNoRequestAndRepeatNone(boolean keepAlive) throws Exception {
    Traffic traffic = traffic();
    long before = blue.executed() + green.executed();
    long probes = 0;
    Load load = new Load(proxy.port(), keepAlive);
    try (load) {
      for (int i = 0; i < SWITCHES; i++) {
        Slot slot = i % 2 == 0 ? Slot.GREEN : Slot.BLUE;
        traffic.shift(LAUNCH, slot, Weight.ALL);
        probes++;
        load.await(200);
      }
    }

    assertThat(load.failures()).isEmpty();
    assertThat(blue.executed() + green.executed() - before).isEqualTo(load.sent() + probes);
    assertThat(load.sent()).isGreaterThanOrEqualTo(SWITCHES * 200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestsInFlightAtTheSwitchAreAnswered(boolean keepAlive) throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Connection.Answer> get = clients.submit(held("GET", keepAlive));
      Future<Connection.Answer> post = clients.submit(held("POST", keepAlive));
      awaitHeld(blue, 2);
      traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL);
      assertThat(request()).isEqualTo(Slot.GREEN);
      blue.release();

      assertThat(get.get()).isEqualTo(new Connection.Answer(200, "blue"));
      assertThat(post.get()).isEqualTo(new Connection.Answer(200, "blue"));
    }
  }

  @Test
  void aProxyThatLeadsToAnotherSlotIsRefusedAndNothingMoves() {
    Traffic traffic = traffic(URI.create("http://127.0.0.1:%d/".formatted(blue.port())), IN_VAIN);

    assertThatThrownBy(() -> traffic.shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .satisfies(failure -> assertRefused(failure, "answered by the slot 'blue'", "X-Slot"));
    assertThat(request()).isEqualTo(Slot.BLUE);
  }

  protected final Callable<Connection.Answer> held(String method, boolean keepAlive) {
    return () -> {
      try (Connection client = new Connection(proxy.port())) {
        return client.ask(method, "/held", keepAlive);
      }
    };
  }

  protected static void awaitHeld(Backend backend, long requests) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (backend.held() < requests) {
      assertThat(System.nanoTime()).as("requests have reached the service").isLessThan(deadline);
      Thread.sleep(1);
    }
  }
}
