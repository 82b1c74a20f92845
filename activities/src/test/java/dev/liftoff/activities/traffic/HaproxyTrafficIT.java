package dev.liftoff.activities.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Waiting;
import dev.liftoff.container.Slot;
import dev.liftoff.traffic.Drained;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaproxyTrafficIT extends ProxyContract {
  private static final Weights BLUE = Weights.of(Slot.BLUE, Weight.ALL);
  private static final Weights QUARTER = Weights.of(Slot.GREEN, new Weight(25));

  @Override
  protected ProxyProcess startProxy() throws IOException {
    Files.writeString(map(), "# weights in percent\nother 7\ngreen 0\n");
    Map<String, Object> names =
        Map.of("socket", socket(), "map", map(), "blue", blue.port(), "green", green.port());
    return new ProxyProcess(
        folder, "haproxy.cfg", names, "/usr/sbin/haproxy", "-db", "-f", "{{file}}");
  }

  @Override
  protected HaproxyTraffic traffic(URI probe, Duration limit) {
    return traffic(probe, socket(), map().toString(), "green", limit);
  }

  @Override
  protected HaproxyTraffic traffic() {
    return traffic(probe(), LIMIT);
  }

  @Override
  protected void shiftAndLoseTheReply(Slot candidate, Weight weight) {
    Path path = folder.resolve("relay");
    try (LosingRelay _ = new LosingRelay(path, socket())) {
      assertThatThrownBy(() ->
              traffic(probe(), path, map().toString(), "green").shift(LAUNCH, candidate, weight))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("no answer within");
    } catch (IOException reason) {
      throw new UncheckedIOException(reason);
    }
  }

  @Test
  void aMapWithoutOurKeyIsRefused() throws IOException {
    Files.writeString(map(), "other 7\nlight 0\n");
    HaproxyTraffic traffic = traffic(probe(), socket(), map().toString(), "light");

    assertThatThrownBy(() -> traffic.shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .satisfies(
            failure -> assertRefused(failure, "running proxy", "no line 'light'", "light 0"));
    assertThatThrownBy(() -> traffic.restore(LAUNCH, Slot.BLUE))
        .satisfies(failure -> assertRefused(failure, "no line 'light'"));
  }

  @Test
  void aMapFileWithoutOurKeyIsRefusedAndNothingMoves() throws IOException {
    Files.writeString(map(), "other 7\n");

    assertThatThrownBy(() -> traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .satisfies(
            failure -> assertRefused(failure, map().toString(), "no line 'green'", "green 0"));
    assertSeenByClients(BLUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"green banana", "green 101", "green -1", "green", "green 25 50"})
  void garbageInTheMapFileIsRefusedAndNothingMoves(String line) throws IOException {
    Files.writeString(map(), line + "\n");

    assertThatThrownBy(() -> traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .satisfies(failure -> assertRefused(failure, map().toString(), "0 to 100"));
    assertSeenByClients(BLUE);
  }

  @Test
  void aMapFileThatIsNoTextIsRefused() throws IOException {
    Files.write(map(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 'g'});

    assertThatThrownBy(() -> traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .satisfies(failure -> assertRefused(failure, map() + " is not text"));
  }

  @Test
  void garbageInTheRunningMapIsRefused() {
    command("set map %s green lots".formatted(map()));

    assertThatThrownBy(() -> traffic().read(LAUNCH))
        .satisfies(failure -> assertRefused(failure, "'green lots'", "0 to 100"));
    assertThat(traffic().restore(LAUNCH, Slot.BLUE)).isEqualTo(BLUE);
  }

  @Test
  void aMissingMapFileIsRefused() throws IOException {
    Files.delete(map());

    assertThatThrownBy(() -> traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .satisfies(failure -> assertRefused(failure, map() + " does not exist", "share"));
  }

  @Test
  void aMapThatTheProxyDoesNotKnowIsRefused() {
    HaproxyTraffic traffic = traffic(probe(), socket(), "/etc/other.map", "green");

    assertThatThrownBy(() -> traffic.read(LAUNCH))
        .satisfies(failure -> assertRefused(failure, "has no map /etc/other.map"));
  }

  @Test
  void aMissingSocketIsRefused() {
    Path nowhere = folder.resolve("nowhere.sock");

    assertThatThrownBy(
            () -> traffic(probe(), nowhere, map().toString(), "green", IN_VAIN).read(LAUNCH))
        .satisfies(failure -> assertRefused(failure, nowhere + " does not exist", "stats socket"));
  }

  @Test
  void aProxyThatIsAwayIsAskedAgainLater() throws IOException {
    proxy.stop();
    assertThatThrownBy(() -> traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(socket().toString());
    proxy.start();

    assertThat(traffic().shift(LAUNCH, Slot.GREEN, new Weight(25))).isEqualTo(QUARTER);
  }

  @Test
  void aProxyThatIsAwayComesBackWithTheBaseline() throws IOException {
    traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL);
    proxy.stop();
    assertThatThrownBy(() -> traffic().restore(LAUNCH, Slot.BLUE))
        .isInstanceOf(UncheckedIOException.class);
    proxy.start();

    assertSeenByClients(BLUE);
  }

  @Test
  void aProxyThatHangsCostsNoMoreThanTheLimit() throws Exception {
    HaproxyTraffic traffic =
        traffic(probe(), socket(), map().toString(), "green", Duration.ofMillis(100));
    proxy.signal("STOP");
    long start = System.nanoTime();
    for (int i = 0; i < 30; i++) {
      assertThatThrownBy(() -> traffic.read(LAUNCH)).isInstanceOf(UncheckedIOException.class);
    }
    proxy.signal("CONT");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Waiting.BUSY);
    restartProxy();
    assertThat(traffic().read(LAUNCH)).isEqualTo(BLUE);
  }

  @Test
  void theWayBackMendsTheFile() throws IOException {
    traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL);
    Files.writeString(map(), "green banana\n");
    traffic().restore(LAUNCH, Slot.BLUE);

    assertSeenByClients(BLUE);
    assertThat(Files.readString(map())).isEqualTo("green 0\n");
  }

  @Test
  void theWayBackMovesRequestsEvenIfTheFileCannotBeWritten() throws IOException {
    traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL);
    Files.delete(map());
    Files.createDirectories(map().resolve("in the way"));
    assertThatThrownBy(() -> traffic().restore(LAUNCH, Slot.BLUE)).hasMessageContaining("map file");

    assertSeenByClients(BLUE);
  }

  @Test
  void otherLinesAndPermissionsOfTheFileAreKept() throws IOException {
    Files.setPosixFilePermissions(map(), PosixFilePermissions.fromString("rw-rw-r--"));
    traffic().shift(LAUNCH, Slot.GREEN, new Weight(25));

    assertThat(Files.readString(map())).isEqualTo("# weights in percent\nother 7\ngreen 25\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(map())))
        .isEqualTo("rw-rw-r--");
  }

  @Test
  void reconcilingGivesTheProxyWhatItsFileSays() {
    traffic().shift(LAUNCH, Slot.GREEN, new Weight(25));
    command("set map %s green 80".formatted(map()));

    assertThat(traffic().read(LAUNCH).green()).isEqualTo(new Weight(80));
    assertThat(traffic().reconcile()).isEqualTo(QUARTER);
    assertSeenByClients(QUARTER);
  }

  @Test
  void aSlotDrainsWhenItsRequestsEnd() throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Connection.Answer> get = clients.submit(held("GET", true));
      Future<Connection.Answer> post = clients.submit(held("POST", false));
      awaitHeld(blue, 2);
      traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL);
      Drained busy = traffic().drain(LAUNCH, Slot.BLUE, Duration.ofMillis(300));
      blue.release();
      Drained done = traffic().drain(LAUNCH, Slot.BLUE, Duration.ofSeconds(10));

      assertThat(busy.empty()).isFalse();
      assertThat(busy.inFlight()).isEqualTo(2);
      assertThat(busy.took()).isBetween(Duration.ofMillis(300), Waiting.BUSY);
      assertThat(List.of(get.get().status(), post.get().status())).containsExactly(200, 200);
      assertThat(done.empty()).isTrue();
      assertThat(done.took()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void everyWeightIsSupported() {
    assertThat(traffic().unsupported(LAUNCH, List.of(new Weight(1), new Weight(33)))).isEmpty();
  }

  @Test
  void settingsThatWouldEndACommandAreRefused() {
    assertThatThrownBy(() -> traffic(probe(), socket(), "/a.map green 5;", "green"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mapNameInProxy");
    assertThatThrownBy(() -> traffic(probe(), Path.of("/" + "s".repeat(107)), "/a.map", "green"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("107 bytes");
  }

  private HaproxyTraffic traffic(URI probe, Path socket, String name, String key) {
    return traffic(probe, socket, name, key, LIMIT);
  }

  private HaproxyTraffic traffic(URI probe, Path socket, String name, String key, Duration limit) {
    return new HaproxyTraffic(
        new HaproxyTraffic.Settings(map(), socket, name, probe, limit, key), Heartbeat.none());
  }

  private void command(String command) {
    assertThat(new HaproxySocket(socket(), LIMIT).ask(command)).isEmpty();
  }

  private Path map() {
    return folder.resolve("weight.map");
  }

  private Path socket() {
    return folder.resolve("socket");
  }
}
