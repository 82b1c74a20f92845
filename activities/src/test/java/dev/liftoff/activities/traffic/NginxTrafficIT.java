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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NginxTrafficIT extends ProxyContract {
  private static final Duration SETTLE = Duration.ofMillis(300);
  private static final int[] BUCKETS = {1, 10, 25, 50, 75, 90, 99, 100};

  @Override
  protected ProxyProcess startProxy() throws IOException {
    writeStages();
    Map<String, Object> names =
        Map.of("folder", folder, "blue", blue.port(), "green", green.port());
    return new ProxyProcess(
        folder, "nginx.conf", names, "/usr/sbin/nginx", "-p", folder + "/", "-c", "{{file}}");
  }

  @Override
  protected NginxTraffic traffic(URI probe, Duration limit) {
    return new NginxTraffic(
        new NginxTraffic.Settings(folder, probe, limit, SETTLE), Heartbeat.none());
  }

  /** The rename is the whole switch: what can be lost is our own answer. */
  @Override
  protected void shiftAndLoseTheReply(Slot candidate, Weight weight) {
    traffic().shift(LAUNCH, candidate, weight);
  }

  @Test
  void aWeightWithoutAStageIsRefusedAndNothingMoves() {
    assertThatThrownBy(() -> traffic().shift(LAUNCH, Slot.GREEN, new Weight(33)))
        .satisfies(failure -> assertRefused(failure, "stages/33", "25 %", "50 %"));
    assertSeenByClients(Weights.of(Slot.BLUE, Weight.ALL));
  }

  @Test
  void weightsWithoutAStageAreNamedWithThoseThatHaveOne() {
    List<String> reasons =
        traffic().unsupported(LAUNCH, List.of(new Weight(1), new Weight(33), Weight.ALL));

    assertThat(reasons).hasSize(1);
    assertThat(reasons.getFirst()).contains("green", "33 %", "25 %, 50 %", "stages/33");
  }

  @Test
  void aBlueCandidateTakesTheStageOfTheRest() throws IOException {
    traffic().restore(LAUNCH, Slot.GREEN);
    delete(folder.resolve("stages/75"));
    List<String> reasons = traffic().unsupported(LAUNCH, List.of(new Weight(10), new Weight(25)));

    assertThat(reasons).hasSize(1);
    assertThat(reasons.getFirst()).contains("blue", "25 %", "10 %, 50 %", "stages/75");
  }

  @Test
  void duringARampBothSlotsAreCandidates() throws IOException {
    traffic().shift(LAUNCH, Slot.GREEN, new Weight(50));
    delete(folder.resolve("stages/75"));

    assertThat(traffic().unsupported(LAUNCH, List.of(new Weight(25))))
        .singleElement()
        .asString()
        .contains("blue");
  }

  @Test
  void aMissingLinkIsRefusedAndTheWayBackMakesIt() throws IOException {
    Files.delete(current());

    assertThatThrownBy(() -> traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .satisfies(failure -> assertRefused(failure, current().toString(), "ln -sfn"));
    assertThat(traffic().restore(LAUNCH, Slot.BLUE).serving()).contains(Slot.BLUE);
    assertThat(traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL).serving()).contains(Slot.GREEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/no/where", "stages/7", "stages/banana", "stages/007", "other/25"})
  void aLinkToSomethingElseIsRefused(String target) throws IOException {
    Files.delete(current());
    Files.createSymbolicLink(current(), Path.of(target));

    assertThatThrownBy(() -> traffic().read(LAUNCH))
        .satisfies(failure -> assertRefused(failure, current() + " is no link to a stage"));
  }

  @Test
  void aFolderInPlaceOfTheLinkIsLeftAlone() throws IOException {
    Files.delete(current());
    Files.createDirectory(current());

    assertThatThrownBy(() -> traffic().restore(LAUNCH, Slot.BLUE))
        .satisfies(failure -> assertRefused(failure, current() + " is no link to a stage"));
    assertThat(current()).isDirectory();
  }

  @Test
  void theWayBackIsNoLinkToNowhere() throws IOException {
    traffic().shift(LAUNCH, Slot.GREEN, new Weight(25));
    delete(folder.resolve("stages/0"));

    assertThatThrownBy(() -> traffic().restore(LAUNCH, Slot.BLUE))
        .satisfies(failure -> assertRefused(failure, "stages/0"));
    assertSeenByClients(Weights.of(Slot.GREEN, new Weight(25)));
  }

  @Test
  void aMissingFolderIsRefused() {
    Path nowhere = folder.resolve("nowhere");
    NginxTraffic traffic =
        new NginxTraffic(
            new NginxTraffic.Settings(nowhere, URI.create("http://127.0.0.1/"), LIMIT, SETTLE),
            Heartbeat.none());

    assertThatThrownBy(() -> traffic.shift(LAUNCH, Slot.GREEN, Weight.ALL))
        .satisfies(failure -> assertRefused(failure, nowhere + "/stages is no folder", "share"));
  }

  @Test
  void whatAnEndedWorkerLeftIsNoObstacle() throws IOException {
    Files.createSymbolicLink(folder.resolve(".current.next"), Path.of("stages/50"));

    assertThat(traffic().shift(LAUNCH, Slot.GREEN, Weight.ALL).serving()).contains(Slot.GREEN);
  }

  @Test
  void theLinkCanBeFollowedInsideAContainerToo() throws IOException {
    traffic().shift(LAUNCH, Slot.GREEN, new Weight(25));

    assertThat(Files.readSymbolicLink(current())).isEqualTo(Path.of("stages/25"));
  }

  @Test
  void drainingWaitsToSettleAndDoesNotClaimMore() {
    Drained drained = traffic().drain(LAUNCH, Slot.BLUE, Duration.ofMinutes(1));

    assertThat(drained.empty()).isFalse();
    assertThat(drained.inFlight()).isEqualTo(-1);
    assertThat(drained.took()).isBetween(SETTLE, Waiting.BUSY);
  }

  private void writeStages() throws IOException {
    Files.createDirectories(folder.resolve("stages/0"));
    for (int stage : BUCKETS) {
      Path files = Files.createDirectories(folder.resolve("stages/" + stage));
      for (int bucket : BUCKETS) {
        if (bucket <= stage) {
          Files.createFile(files.resolve("b" + bucket));
        }
      }
    }
    Files.createSymbolicLink(current(), Path.of("stages/0"));
  }

  private static void delete(Path stage) throws IOException {
    try (var files = Files.list(stage)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(stage);
  }

  private Path current() {
    return folder.resolve("current");
  }
}
