package dev.liftoff.activities.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.Waiting;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.Probe;
import dev.liftoff.probe.ProbeContract;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import dev.liftoff.probe.Targets;
import dev.liftoff.probe.WarmUp;
import dev.liftoff.probe.Warmed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP, the disk, and what they have in common. */
class NetworkProbeIT extends ProbeContract {
  private static final Duration LIMIT = Duration.ofSeconds(8);

  @TempDir private static Path folder;
  private static Site site;
  private static NetworkProbe probe;

  @BeforeAll
  static void start() throws Exception {
    site = new Site();
    probe =
        new NetworkProbe(new NetworkProbe.Settings(LIMIT), new Secrets(Map.of()), Heartbeat.none());
  }

  @AfterAll
  static void stop() {
    probe.close();
    site.close();
  }

  @Test
  void aWrongStatusFailsWithTheStatus() {
    assertThat(get("/broken", Map.of()))
        .satisfies(result -> {
          assertThat(result.state()).isEqualTo(State.FAIL);
          assertThat(result.value()).startsWith("status 500 in ").contains("expected status 200");
          assertThat(result.limit()).isEqualTo("status 200, within 8000 ms");
        });
  }

  @Test
  void fieldsOfTheAnswerAreCompared() {
    assertThat(get("/", Map.of("/status", "UP", "/pool/idle", "3")).state()).isEqualTo(State.PASS);
    assertThat(get("/", Map.of("/status", "DOWN")).value()).endsWith(", /status is UP");
    assertThat(get("/", Map.of("/pool/busy", "3")).value()).endsWith(", /pool/busy is missing");
    assertThat(get("/", Map.of("/pool", "3")).value()).endsWith(", /pool is no text");
    assertThat(get("/text", Map.of("/status", "UP")).state()).isEqualTo(State.FAIL);
  }

  @Test
  void aPointerThatIsNoneIsASentence() {
    assertThat(get("/", Map.of("status", "UP")))
        .satisfies(result -> {
          assertThat(result.state()).isEqualTo(State.NO_DATA);
          assertThat(result.value()).contains("status");
        });
  }

  @Test
  void anAnswerThatIsTooSlowFailsWithItsTime() {
    assertThat(only(impatient("/slow"), nobody()))
        .satisfies(result -> {
          assertThat(result.state()).isEqualTo(State.FAIL);
          assertThat(result.value()).contains("slower than 300 ms");
        });
  }

  @Test
  void whatHangsIsNoDataWithinTheLimit() {
    Instant before = Instant.now();

    assertThat(only(impatient("/hang"), nobody()).state()).isEqualTo(State.NO_DATA);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Waiting.BUSY);
  }

  @Test
  void checksRunBesideOneAnother() {
    Instant before = Instant.now();

    assertThat(probe.check(LAUNCH, Collections.nCopies(150, http("/slow", Map.of())), nobody()))
        .hasSize(150);
    // One after the other they would take a minute.
    assertThat(Duration.between(before, Instant.now())).isLessThan(Waiting.BUSY);
  }

  @Test
  void anEndlessAnswerFails() {
    assertThat(get("/huge", Map.of()).value()).contains("more than 1 MB");
  }

  @Test
  void aRedirectIsAnAnswerOfItsOwn() {
    assertThat(get("/moved", Map.of()).value()).startsWith("status 302");
  }

  @Test
  void bodyMethodAndHeadersArrive() {
    Check post =
        new Check.Http(
            "order",
            "post",
            "{candidate}/echo",
            Map.of("X-Slot", "{candidate.slot}", "Content-Type", "application/json"),
            "{\"launch\":\"{launch}\"}",
            201,
            Map.of("/method", "POST", "/slot", "green", "/body/launch", LAUNCH.asFileName()),
            LIMIT);

    assertThat(only(post, new Targets(null, candidate())).state()).isEqualTo(State.PASS);
  }

  @Test
  void anUnknownPlaceholderIsASentence() {
    assertThat(get("/{canary}", Map.of()).value()).startsWith("{canary} is no placeholder");
  }

  @Test
  void aUrlThatIsNoneIsASentence() {
    Check check = new Check.Http("odd", "GET", "gopher://x", Map.of(), null, 200, Map.of(), LIMIT);

    assertThat(only(check, nobody()).state()).isEqualTo(State.NO_DATA);
    assertThat(only(check, nobody()).value()).contains("gopher");
  }

  @Test
  void aPasswordInAUrlIsNotShown() {
    Check check =
        new Check.Redis("cache", "redis://:hunter2@127.0.0.1:1", null, Duration.ofSeconds(1));

    assertThat(only(check, nobody()).value()).isNotBlank().doesNotContain("hunter2");
  }

  @Test
  void aDiskTellsHowMuchIsFree() {
    assertThat(only(new Check.Disk("disk", folder.toString(), 0), nobody()))
        .satisfies(result -> {
          assertThat(result.state()).isEqualTo(State.PASS);
          assertThat(result.value()).matches("\\d+ % of \\d+ GB free");
          assertThat(result.limit()).isEqualTo("at least 0 % free");
        });
    assertThat(only(new Check.Disk("disk", folder.toString(), 100), nobody()).state())
        .isEqualTo(State.FAIL);
  }

  @Test
  void aDiskThatIsNotThereIsNoData() {
    assertThat(only(new Check.Disk("disk", "/no/such/folder", 1), nobody()))
        .isEqualTo(
            ProbeResult.noData("disk", "/no/such/folder does not exist", "at least 1 % free"));
  }

  @Test
  void aWarmUpAsksThePathsInTurnByGetAtMostSixteenAtOnce() {
    site.requests.clear();
    site.mostAbreast.set(0);

    probe.warmUp(LAUNCH, candidate(), new WarmUp(List.of("/warm", "/"), 101));

    assertThat(site.requests.get("GET /warm")).hasValue(51);
    assertThat(site.requests.get("GET /")).hasValue(50);
    assertThat(site.mostAbreast.get()).isBetween(2, 16);
  }

  @Test
  void aWarmUpCountsWhatWasNotAnswered2xx() {
    Warmed warmed = probe.warmUp(LAUNCH, candidate(), new WarmUp(List.of("/", "/broken"), 10));

    assertThat(warmed.failed()).isEqualTo(5);
  }

  @Test
  void aWarmUpOfAContainerThatIsGoneFailsEveryRequestAndEnds() {
    Endpoint gone = endpoint(URI.create("http://127.0.0.1:" + LocalProcess.freePort()));

    assertThat(probe.warmUp(LAUNCH, gone, new WarmUp(List.of("/"), 20)).failed()).isEqualTo(20);
  }

  @Override
  protected Probe probe() {
    return probe;
  }

  @Override
  protected Endpoint candidate() {
    return endpoint(site.address());
  }

  @Override
  protected Check right(int number) {
    return http("/?" + number, Map.of("/status", "UP"));
  }

  @Override
  protected Check wrong() {
    return http("/broken", Map.of());
  }

  @Override
  protected Check unanswered() {
    return new Check.Http(
        "unanswered",
        "GET",
        "http://127.0.0.1:" + LocalProcess.freePort(),
        Map.of(),
        null,
        200,
        Map.of(),
        LIMIT);
  }

  @Override
  protected Check ofTheCandidate() {
    return new Check.Http(
        "liveness", "GET", "{candidate}/health/live", Map.of(), null, 200, Map.of(), LIMIT);
  }

  private ProbeResult get(String path, Map<String, String> expect) {
    return only(http(path, expect), nobody());
  }

  private static Check impatient(String path) {
    return http(path, Map.of(), Duration.ofMillis(300));
  }

  private static Check http(String path, Map<String, String> expect) {
    return http(path, expect, LIMIT);
  }

  private static Check http(String path, Map<String, String> expect, Duration limit) {
    return new Check.Http(
        "http " + path, "GET", site.address() + path, Map.of(), null, 200, expect, limit);
  }

  private static Endpoint endpoint(URI address) {
    return new Endpoint(Slot.GREEN, "shop-test-green", "2.0.0", address);
  }
}
