package dev.liftoff.activities.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.Waiting;
import dev.liftoff.activities.container.OneOff.Ended;
import dev.liftoff.activities.container.OneOff.Order;
import dev.liftoff.container.Image;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerOneOffIT {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/production/v2/1");
  private static final String NAME = "liftoff-it-one-off";
  private static TestEngine engine;

  @TempDir Path artifacts;
  private DockerOneOff oneOff;

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
    oneOff = another();
  }

  @AfterEach
  void close() {
    oneOff.close();
    if (engine.exists(NAME)) {
      engine.client.removeContainerCmd(NAME).withForce(true).exec();
    }
  }

  @Test
  void itsCodeAndItsLastWordsAreToldWithoutSecretsAndItIsRemoved() throws Exception {
    Ended ended = oneOff.run(order("echo \"connecting to $DATABASE_URL\"; echo failed; exit 3"));

    assertThat(ended).isEqualTo(new Ended(3, true, List.of("connecting to ***", "failed")));
    assertThat(engine.exists(NAME)).isFalse();
  }

  @Test
  void itIsInNoSlotOfTheService() {
    oneOff.begin(order("sleep 60"));

    try (DockerContainers containers = TestEngine.containers(artifacts, new Secrets(Map.of()))) {
      assertThat(containers.running(LAUNCH, TestEngine.spec())).isEmpty();
    }
  }

  @Test
  void whoComesAfterACrashWaitsForTheOneThatRuns() throws Exception {
    Order order = order("echo once; sleep 2; exit 4");
    String first = oneOff.begin(order).id();

    try (DockerOneOff next = another()) {
      assertThat(next.begin(order).id()).isEqualTo(first);
      assertThat(next.run(order)).isEqualTo(new Ended(4, true, List.of("once")));
    }
  }

  @Test
  void whoComesAfterItHasEndedGetsItsAnswerAndDoesNotRunItAgain() throws Exception {
    Order order = order("echo once; exit 5");
    String first = oneOff.begin(order).id();
    Waiting.until("it ended", Duration.ofSeconds(90), () -> !runs());

    assertThat(another().begin(order).id()).isEqualTo(first);
    assertThat(another().run(order)).isEqualTo(new Ended(5, true, List.of("once")));
    assertThat(engine.exists(NAME)).isFalse();
  }

  @Test
  void oneThatTakesTooLongIsEnded() throws Exception {
    Ended ended = oneOff.run(order("echo begun; sleep 600", LAUNCH, Duration.ofSeconds(1)));

    assertThat(ended.inTime()).isFalse();
    assertThat(ended.lastLines()).containsExactly("begun");
    assertThat(engine.exists(NAME)).isFalse();
  }

  @Test
  void oneThatNobodyWaitsForAnyMoreIsEnded() throws Exception {
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                oneOff.run(order("sleep 600"));
              } catch (InterruptedException called) {
                Thread.currentThread().interrupt();
              }
            });
    Waiting.until("it runs", Duration.ofSeconds(90), () -> engine.exists(NAME) && runs());

    waiting.interrupt();
    waiting.join();

    assertThat(engine.exists(NAME)).isFalse();
  }

  @Test
  void oneOfAnAttemptThatIsGoneIsEndedAndRemoved() {
    oneOff.begin(order("sleep 600"));

    try (DockerOneOff next = another()) {
      next.discard(LAUNCH, NAME);
      next.discard(LAUNCH, NAME);
    }

    assertThat(engine.exists(NAME)).isFalse();
  }

  @Test
  void oneOfAnotherLaunchIsNotDiscarded() {
    oneOff.begin(order("sleep 600"));

    oneOff.discard(LaunchId.parse("shop/production/v3/1"), NAME);

    assertThat(runs()).isTrue();
  }

  @Test
  void itsAddressIsKnownWhileItRunsAndTheHostHasOneInItsNetwork() {
    Order order = order("sleep 60");
    assertThat(oneOff.address(order)).isEmpty();

    oneOff.begin(order);

    assertThat(oneOff.address(order).orElseThrow()).startsWith("172.31.249.");
    assertThat(oneOff.hostIn(TestEngine.NETWORK).orElseThrow().getHostAddress())
        .isEqualTo("172.31.249.1");
    assertThat(oneOff.hostIn("no-such-network")).isEmpty();
  }

  @Test
  void whatARunningOneOfAnotherLaunchIsIsLeftAlone() {
    LaunchId other = LaunchId.parse("shop/production/v3/1");
    String theirs = oneOff.begin(order("sleep 600")).id();

    assertThatThrownBy(() -> oneOff.run(order("exit 0", other, Duration.ofSeconds(5))))
        .hasMessageContaining(FailureType.NOT_OURS.name())
        .hasMessageContaining("is left alone");

    assertThat(engine.inspect(NAME).getId()).isEqualTo(theirs);
    assertThat(runs()).isTrue();
  }

  private DockerOneOff another() {
    return new DockerOneOff(
        DockerContainers.Settings.on(TestEngine.ADDRESS, artifacts), new Secrets(Map.of()));
  }

  private static boolean runs() {
    return Boolean.TRUE.equals(engine.inspect(NAME).getState().getRunning());
  }

  private static Order order(String script) {
    return order(script, LAUNCH, Duration.ofMinutes(1));
  }

  private static Order order(String script, LaunchId launch, Duration limit) {
    String id = engine.client.inspectImageCmd(TestEngine.IMAGE).exec().getId();
    return new Order(
        NAME,
        launch,
        new Image(TestEngine.IMAGE, id),
        TestEngine.NETWORK,
        List.of("/bin/busybox", "sh", "-c", script),
        Map.of("DATABASE_URL", "postgresql://shop:hunter2-hunter2@db/shop"),
        Set.of("DATABASE_URL"),
        limit);
  }
}
