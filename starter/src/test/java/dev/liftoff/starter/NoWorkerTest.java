package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporal runs, and no worker does. */
@Timeout(300)
class NoWorkerTest {
  private static final String LAUNCH = "shop/production";

  @TempDir static Path folder;
  private static LocalTemporal server;
  private static String address;
  private static CommandLineRun started;

  @BeforeAll
  static void start() throws IOException {
    server = new LocalTemporal();
    address = server.address();
    Path plan = folder.resolve("plan.yaml");
    try (var in = PlanReader.class.getResourceAsStream("reference.yaml")) {
      Files.copy(in, plan);
    }
    started = liftoff("start", plan.toString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aStartIsTakenAndSaysWhatIsMissing() {
    assertThat(started.exit()).isZero();
    assertThat(started.out())
        .contains("workflow  launch/shop/production")
        .contains("not known before a worker runs");
    assertThat(started.err()).contains("Start a worker: liftoff worker");
  }

  @Test
  void statusTellsWhatTemporalKnows() {
    CommandLineRun run = liftoff("status", LAUNCH);

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("launch/shop/production running");
    assertThat(run.err()).startsWith("No worker answered within 500ms; the launch waits for one.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold", "scrub", "rollback"})
  void whatMustGetThroughIsLeftAsASignal(String verb) {
    CommandLineRun run =
        verb.equals("hold")
            ? liftoff(verb, LAUNCH)
            : liftoff(verb, LAUNCH, "--reason", "now", "--yes");

    assertThat(run.exit()).isEqualTo(8);
    assertThat(run.err())
        .contains("was left with Temporal as a signal")
        .contains("It is not done yet.");
    assertThat(history()).contains("\"signalName\": \"" + verb + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resume", "promote", "retry", "skip", "go", "no-go", "timeline"})
  void theOtherVerbsSaySoAndSendNoSignal(String verb) {
    CommandLineRun run =
        Stream.of("promote", "skip", "go", "no-go").anyMatch(verb::equals)
            ? liftoff(verb, LAUNCH, "--reason", "now", "--yes")
            : liftoff(verb, LAUNCH);

    assertThat(run.exit()).isEqualTo(8);
    assertThat(run.err()).startsWith("✖ No worker answered within 500ms").doesNotContain("signal");
    assertThat(history()).doesNotContain("\"signalName\": \"" + verb + "\"");
  }

  @Test
  void silenceIsKnownWhenTheLimitIsOver() {
    long start = System.nanoTime();

    liftoff("timeline", LAUNCH);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
  }

  @Test
  void theWatchWaitsForTheWorker() {
    CommandLineRun run = liftoff("watch", LAUNCH, "--interval", "50ms", "--timeout", "1s");

    assertThat(run.exit()).isEqualTo(8);
    assertThat(run.err()).containsOnlyOnce("Still watching.");
  }

  private static CommandLineRun liftoff(String... args) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of("--address", address, "--command-timeout", "500ms"), Stream.of(args))
            .toArray(String[]::new));
  }

  private static String history() {
    try (Temporal temporal = Temporal.connect(address, "default", Duration.ofSeconds(5), "test")) {
      return temporal.client().fetchHistory("launch/shop/production").toJson(true);
    }
  }
}
