package dev.liftoff.activities.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.RestartPolicy;
import dev.liftoff.FailureType;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Containers;
import dev.liftoff.container.ContainersContract;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import io.temporal.client.ActivityCanceledException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerContainersIT extends ContainersContract {
  private static TestEngine engine;

  @TempDir private Path artifacts;
  private DockerContainers containers;

  @BeforeAll
  static void openEngine() throws IOException {
    engine = TestEngine.open();
  }

  @AfterAll
  static void closeEngine() throws IOException {
    engine.close();
  }

  @BeforeEach
  void connect() {
    containers = TestEngine.containers(artifacts, new Secrets(Map.of()));
  }

  @AfterEach
  void removeContainers() {
    containers.close();
    engine.removeContainers();
  }

  @Test
  void aCandidateCarriesTheLaunchInItsLabels() {
    var labels = engine.inspect(start(FIRST, Slot.GREEN).container()).getConfig().getLabels();

    assertThat(labels)
        .containsEntry("dev.liftoff.service", "contract")
        .containsEntry("dev.liftoff.environment", "it")
        .containsEntry("dev.liftoff.slot", "green")
        .containsEntry("dev.liftoff.version", "v1")
        .containsEntry("dev.liftoff.launch", "contract/it/v1/1")
        .containsEntry("dev.liftoff.image", pinned().toString());
  }

  @Test
  void aCandidateRunsAsThePlanSays() throws IOException {
    Path mounted = Files.writeString(artifacts.resolve("mounted"), "x");
    ContainerSpec plain = TestEngine.spec(Map.of("COLOUR", "teal"));
    ContainerSpec spec =
        new ContainerSpec(
            plain.port(),
            plain.network(),
            plain.addresses(),
            plain.environment(),
            Map.of(mounted.toString(), "/etc/mounted"),
            plain.memoryBytes(),
            plain.cpus(),
            plain.healthCommand(),
            plain.readyPath(),
            plain.startLimit(),
            plain.stopLimit(),
            plain.errorPatterns());

    var made = engine.inspect(containers.start(FIRST, Slot.GREEN, pinned(), spec).container());

    assertThat(made.getConfig().getEnv()).contains("COLOUR=teal");
    assertThat(made.getRawValues().get("Config"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("StopTimeout", 10);
    assertThat(made.getConfig().getHealthcheck().getTest())
        .containsExactly("CMD-SHELL", "/bin/busybox true");
    assertThat(made.getHostConfig().getMemory()).isEqualTo(64L << 20);
    assertThat(made.getHostConfig().getNanoCPUs()).isEqualTo(500_000_000L);
    assertThat(made.getHostConfig().getInit()).isTrue();
    assertThat(made.getHostConfig().getRestartPolicy())
        .isEqualTo(RestartPolicy.unlessStoppedRestart());
    assertThat(made.getHostConfig().getLogConfig().getConfig())
        .containsEntry("max-size", "10m")
        .containsEntry("max-file", "3");
    assertThat(made.getNetworkSettings().getPorts().getBindings()).isEmpty();
    assertThat(made.getMounts())
        .singleElement()
        .satisfies(each -> assertThat(each.getRW()).isFalse());
  }

  @Test
  void aCandidateThatIsNeverReadyFailsAtItsLimitWithEvidence() {
    ContainerSpec spec = TestEngine.spec(Map.of(), "/absent", Duration.ofSeconds(1));

    assertPermanent(
        FailureType.CONTAINER_FAILED,
        () -> containers.start(FIRST, Slot.GREEN, pinned(), spec),
        "contract-it-green was not ready within 1 s",
        "http://" + TestEngine.GREEN + ":8080/absent answers 404",
        evidence().toString());
    assertThat(evidence().resolve("inspect.json")).exists();
    assertThat(evidence().resolve("logs.txt")).hasContent("listening");
  }

  @Test
  void aCandidateThatExitsLeavesItsEvidenceBeforeTheFailure() {
    assertThatThrownBy(
        () -> containers.start(FIRST, Slot.GREEN, pinned(), exitingWith("no table")));

    assertThat(evidence().resolve("exit-code")).hasContent("1");
    assertThat(evidence().resolve("logs.txt")).content().contains("no table");
    assertThat(evidence().resolve("health.json")).exists();
  }

  @Test
  void evidenceOutlivesItsContainer() {
    Endpoint green = start(FIRST, Slot.GREEN);
    containers.stop(FIRST, green, DRAIN);
    var captured = containers.capture(FIRST, green);
    containers.remove(FIRST, green);

    assertThat(containers.capture(FIRST, green)).isEqualTo(captured);
  }

  @Test
  void aCandidateThatNeedsMoreMemoryThanItsLimitIsNamedSo() {
    assertPermanent(
        FailureType.CONTAINER_FAILED,
        () ->
            containers.start(
                FIRST, Slot.GREEN, pinned(), TestEngine.spec(Map.of("BEHAVIOUR", "greedy"))),
        "used more memory than its limit");
  }

  @Test
  void anAddressInUseNamesItsHolder() {
    engine.runForeign("somebody-else", TestEngine.GREEN, Map.of());

    assertPermanent(
        FailureType.PORT_TAKEN,
        () -> start(FIRST, Slot.GREEN),
        TestEngine.GREEN,
        "container somebody-else");
  }

  @Test
  void aMissingNetworkIsNamed() {
    assertPermanent(
        FailureType.CONTAINER_FAILED,
        () ->
            containers.start(
                FIRST, Slot.GREEN, pinned(), in("nowhere", TestEngine.GREEN, Map.of())),
        "network nowhere does not exist");
  }

  @Test
  void anAddressOutsideTheNetworkIsNamed() {
    assertPermanent(
        FailureType.CONTAINER_FAILED,
        () ->
            containers.start(
                FIRST, Slot.GREEN, pinned(), in(TestEngine.NETWORK, "10.9.9.9", Map.of())),
        "address 10.9.9.9 cannot be used in network " + TestEngine.NETWORK);
  }

  @Test
  void aMountWithoutASourceIsNamed() {
    assertPermanent(
        FailureType.CONTAINER_FAILED,
        () ->
            containers.start(
                FIRST,
                Slot.GREEN,
                pinned(),
                in(TestEngine.NETWORK, TestEngine.GREEN, Map.of("/not/there", "/etc/x"))),
        "/not/there",
        "correct the mounts");
  }

  @Test
  void aBaselineThatNoLaunchStartedIsKnownByItsLabels() {
    engine.runForeign(
        "seed",
        TestEngine.BLUE,
        Map.of(
            Labels.SERVICE, "contract",
            Labels.ENVIRONMENT, "it",
            Labels.SLOT, "blue",
            Labels.VERSION, "v0"));

    Endpoint blue =
        new Endpoint(Slot.BLUE, "seed", "v0", URI.create("http://" + TestEngine.BLUE + ":8080"));
    assertThat(containers.running(FIRST, spec())).containsExactly(blue);
    assertThat(containers.stop(FIRST, blue, DRAIN)).isIn(0, 143, 137);
  }

  @Test
  void aPausedBaselineHearsTheStop() {
    Endpoint blue = start(FIRST, Slot.BLUE);
    engine.client.pauseContainerCmd(blue.container()).exec();

    assertThat(containers.stop(FIRST, blue, DRAIN)).isIn(0, 143);
  }

  @Test
  void aStartThatNobodyWaitsForAnyMoreEndsAtItsNextBeat() {
    Heartbeat cancelled =
        details -> {
          throw new ActivityCanceledException();
        };
    try (var unwanted =
        new DockerContainers(
            DockerContainers.Settings.on(TestEngine.ADDRESS, artifacts),
            new Secrets(Map.of()),
            cancelled)) {
      assertThatThrownBy(() ->
              unwanted.start(
                  FIRST,
                  Slot.GREEN,
                  pinned(),
                  TestEngine.spec(Map.of(), "/absent", Duration.ofSeconds(60))))
          .isInstanceOf(ActivityCanceledException.class);
    }
  }

  @Test
  void onlyLogsSinceTheLastStartAreScanned() {
    ContainerSpec spec = logging("ERROR no disk");
    Endpoint green = containers.start(FIRST, Slot.GREEN, pinned(), spec);
    containers.stop(FIRST, green, DRAIN);
    awaitAnotherSecond(green);
    containers.start(FIRST, Slot.GREEN, pinned(), spec);

    assertThat(containers.scanLogs(FIRST, green, List.of("ERROR")).matches()).isEqualTo(1);
  }

  @Override
  protected Containers containers() {
    return containers;
  }

  @Override
  protected ContainerSpec spec() {
    return TestEngine.spec();
  }

  @Override
  protected String image() {
    return TestEngine.IMAGE;
  }

  /** Nothing listens on port 1, so this registry says neither yes nor no. */
  @Override
  protected String absentImage() {
    containers.close();
    containers =
        new DockerContainers(
            DockerContainers.Settings.on(TestEngine.ADDRESS, artifacts)
                .withRegistryLimit(Duration.ofSeconds(1)),
            new Secrets(Map.of()),
            Heartbeat.none());
    return "127.0.0.1:1/shop:v2";
  }

  @Override
  protected ContainerSpec exitingWith(String lastWords) {
    return TestEngine.spec(Map.of("BEHAVIOUR", "exits", "LAST_WORDS", lastWords));
  }

  @Override
  protected ContainerSpec logging(String line) {
    return TestEngine.spec(Map.of("SAYS", line));
  }

  @Override
  protected ContainerSpec ignoringSigterm() {
    return TestEngine.spec(Map.of("BEHAVIOUR", "deaf"));
  }

  @Override
  protected void givenForeign(String container) {
    engine.runForeign(container, "", Map.of());
  }

  @Override
  protected boolean answers(Endpoint endpoint) {
    try {
      var connection =
          (HttpURLConnection) endpoint.address().resolve("/health/ready").toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2_000);
      return connection.getResponseCode() == 200;
    } catch (IOException silent) {
      return false;
    }
  }

  @Override
  protected boolean exists(String container) {
    return engine.exists(container);
  }

  /** The engine gives logs since a whole second. */
  private static void awaitAnotherSecond(Endpoint stopped) {
    String finished = engine.inspect(stopped.container()).getState().getFinishedAt();
    long second = Instant.parse(finished).getEpochSecond();
    while (Instant.now().getEpochSecond() <= second) {
      Pause.of(Duration.ofMillis(20));
    }
  }

  private Path evidence() {
    return artifacts.resolve("contract-it-v1-1/evidence/contract-it-green");
  }

  private static ContainerSpec in(String network, String green, Map<String, String> mounts) {
    ContainerSpec plain = TestEngine.spec();
    return new ContainerSpec(
        plain.port(),
        network,
        Map.of(Slot.BLUE, TestEngine.BLUE, Slot.GREEN, green),
        plain.environment(),
        mounts,
        plain.memoryBytes(),
        plain.cpus(),
        plain.healthCommand(),
        plain.readyPath(),
        plain.startLimit(),
        plain.stopLimit(),
        plain.errorPatterns());
  }
}
