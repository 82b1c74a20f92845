package dev.liftoff.activities.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.Waiting;
import dev.liftoff.activities.probe.NetworkProbe;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import dev.liftoff.container.Slot;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ContainerCheckContract;
import dev.liftoff.probe.Probe;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import dev.liftoff.probe.Targets;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** End-to-end tests as containers of a real engine. */
class DockerContainerCheckIT extends ContainerCheckContract {
  private static TestEngine engine;

  @TempDir Path artifacts;
  private DockerOneOff oneOff;
  private NetworkProbe probe;

  @BeforeAll
  static void start() throws Exception {
    engine = TestEngine.open();
  }

  @AfterAll
  static void stop() throws Exception {
    engine.close();
  }

  @BeforeEach
  void open() {
    Secrets secrets = new Secrets(Map.of("PASSWORD", "hunter2-hunter2"));
    oneOff = new DockerOneOff(DockerContainers.Settings.on(TestEngine.ADDRESS, artifacts), secrets);
    probe =
        new NetworkProbe(
            new NetworkProbe.Settings(Duration.ofSeconds(2)), secrets, Heartbeat.none(), oneOff);
  }

  @AfterEach
  void close() {
    probe.close();
    oneOff.close();
  }

  @Test
  void itsExitCodeAndItsLastLinesAreTheEvidenceWithoutSecrets() {
    ProbeResult result = result(failing());

    assertThat(result.value())
        .startsWith("exit code 3 in ")
        .endsWith(", its last lines: paying as *** | the cart was empty");
    assertThat(result.limit()).isEqualTo("exit code 0 within 30s");
  }

  @Test
  void aProgramThatItsImageDoesNotHaveIsNamed() {
    assertThat(result(impossible()).value())
        .startsWith("/no/such/program is no program of its image: ");
  }

  @Test
  void itKnowsWhereTheCandidateIs() {
    Check.Container asking =
        check(
            "asking",
            "test \"$URL\" = http://172.31.249.12:8080 && test \"$SLOT\" = green",
            Map.of("URL", "{candidate}", "SLOT", "{candidate.slot}"),
            Duration.ofSeconds(30));
    Endpoint candidate =
        new Endpoint(Slot.GREEN, "shop-green", "2.0.0", URI.create("http://172.31.249.12:8080"));

    assertThat(
            probe.check(LAUNCH, List.of(asking), new Targets(null, candidate)).getFirst().state())
        .isEqualTo(State.PASS);
    assertThat(result(asking).value()).contains("there is no candidate");
  }

  @Test
  void oneThatTakesTooLongIsEndedAndHasFailed() {
    Check.Container endless =
        check("endless", "echo begun; sleep 600", Map.of(), Duration.ofSeconds(1));
    Instant before = Instant.now();

    ProbeResult result = result(endless);

    assertThat(result.state()).isEqualTo(State.FAIL);
    assertThat(result.value())
        .startsWith("not at its end after ")
        .endsWith("its last lines: begun");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(60));
    assertThat(isLeft(endless)).isFalse();
  }

  @Test
  void anEndlessLogIsCut() {
    ProbeResult result =
        result(
            check(
                "talking",
                "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; exit 1",
                Map.of(),
                Duration.ofSeconds(60)));

    assertThat(result.value()).hasSizeLessThan(1_010).endsWith("line 1999");
  }

  @Test
  void whatAnAttemptThatIsGoneHasLeftIsEndedAndItRunsAnew() throws Exception {
    Check.Container once = check("once", "exit 0", Map.of(), Duration.ofSeconds(30));
    Thread gone = abandoned(check("once", "sleep 600", Map.of(), Duration.ofMinutes(15)));

    assertThat(result(once).state()).isEqualTo(State.PASS);
    assertThat(isLeft(once)).isFalse();
    gone.join(Duration.ofSeconds(30));
  }

  @Test
  void whatAnAttemptThatIsGoneHasLeftIsDiscarded() throws Exception {
    Check.Container left = check("left", "sleep 600", Map.of(), Duration.ofMinutes(15));
    Thread gone = abandoned(left);

    probe.discard(LAUNCH, List.of(left));

    assertThat(isLeft(left)).isFalse();
    gone.join(Duration.ofSeconds(30));
  }

  @Test
  void twoRunBesideEachOtherUnderNamesOfTheirOwn() {
    assertThat(
            probe.check(
                LAUNCH,
                List.of(
                    check("Cart!", "exit 0", Map.of(), Duration.ofSeconds(30)),
                    check("cart?", "exit 4", Map.of(), Duration.ofSeconds(30))),
                new Targets(null, null)))
        .extracting(ProbeResult::state)
        .containsExactly(State.PASS, State.FAIL);
  }

  /** An attempt whose worker does not tell anybody how it ended. */
  private Thread abandoned(Check.Container check) {
    Thread attempt = Thread.ofVirtual().start(() -> result(check));
    Waiting.until("it runs", Duration.ofSeconds(30), () -> isLeft(check));
    return attempt;
  }

  @Override
  protected Probe probe() {
    return probe;
  }

  @Override
  protected Check.Container succeeding() {
    return check("succeeding", "exit 0", Map.of(), Duration.ofSeconds(30));
  }

  @Override
  protected Check.Container failing() {
    return check(
        "failing",
        "echo paying as $PASSWORD; echo the cart was empty; exit 3",
        Map.of("PASSWORD", "env:PASSWORD"),
        Duration.ofSeconds(30));
  }

  @Override
  protected Check.Container impossible() {
    return new Check.Container(
        "impossible", null, List.of("/no/such/program"), Map.of(), Duration.ofSeconds(30), place());
  }

  @Override
  protected boolean isLeft(Check.Container check) {
    String readable = "shop-contract-check-" + check.name() + "-";
    return engine
        .client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(Labels.LAUNCH, LAUNCH.toString()))
        .exec()
        .stream()
        .anyMatch(container -> container.getNames()[0].contains(readable));
  }

  private static Check.Container check(
      String name, String script, Map<String, String> environment, Duration limit) {
    return new Check.Container(
        name, null, List.of("/bin/busybox", "sh", "-c", script), environment, limit, place());
  }

  private static Check.Place place() {
    String id = engine.client.inspectImageCmd(TestEngine.IMAGE).exec().getId();
    return new Check.Place(new Image(TestEngine.IMAGE, id), TestEngine.NETWORK);
  }
}
