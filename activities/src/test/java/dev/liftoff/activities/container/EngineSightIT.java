package dev.liftoff.activities.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.container.EngineSight.Serving;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.Slot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine of this host, looked at and left as it is. */
class EngineSightIT {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/sight/v1/1");
  private static final Secrets SECRETS = new Secrets(Map.of());

  @TempDir private static Path artifacts;
  private static TestEngine engine;
  private static EngineSight sight;

  @BeforeAll
  static void open() throws Exception {
    engine = TestEngine.open();
    sight = new EngineSight(DockerContainers.Settings.on(TestEngine.ADDRESS, artifacts), SECRETS);
  }

  @AfterEach
  void removeContainers() {
    engine.removeContainers();
  }

  @AfterAll
  static void close() throws Exception {
    sight.close();
    engine.close();
  }

  @Test
  void itTellsItsVersionAndWhereItKeepsThings() {
    assertThat(sight.version()).matches("engine \\S+, API 1\\.\\d+");
    assertThat(sight.root()).isPresent();
  }

  @Test
  void anImageIsKnownByItsIdAndOneThatIsNotThereIsNotPulled() {
    EngineSight.LocalImage image = sight.image(TestEngine.IMAGE).orElseThrow();

    assertThat(image.is(image.id())).isTrue();
    assertThat(image.is("sha256:" + "0".repeat(64))).isFalse();
    assertThat(sight.image("liftoff-it/never:1")).isEmpty();
  }

  @Test
  void whatServesIsSeenWithItsHealthItsRestartsAndItsImage() {
    serve(Slot.BLUE);

    List<Serving> running = sight.running(LAUNCH, TestEngine.spec());

    assertThat(running).hasSize(1);
    Serving blue = running.getFirst();
    assertThat(blue.endpoint().slot()).isEqualTo(Slot.BLUE);
    assertThat(blue.endpoint().version()).isEqualTo("v1");
    assertThat(blue.restarts()).isZero();
    assertThat(blue.health()).isIn("healthy", "starting");
    assertThat(blue.imagePresent()).isTrue();
  }

  @Test
  void anAddressIsFreeUntilSomebodyHasIt() {
    assertThat(sight.holder(TestEngine.NETWORK, TestEngine.GREEN)).isEmpty();

    engine.runForeign("liftoff-it-squatter", TestEngine.GREEN, Map.of());

    assertThat(sight.holder(TestEngine.NETWORK, TestEngine.GREEN)).hasValue("liftoff-it-squatter");
    assertThat(sight.holder(TestEngine.NETWORK, TestEngine.BLUE)).isEmpty();
  }

  @Test
  void aContainerIsOfTheLaunchThatMadeItAndOfNoOther() {
    String candidate = serve(Slot.GREEN).container();
    engine.runForeign("liftoff-it-squatter", TestEngine.BLUE, Map.of());

    assertThat(sight.isOf(LAUNCH, candidate)).isTrue();
    assertThat(sight.isOf(LaunchId.parse("shop/sight/v1/2"), candidate)).isFalse();
    assertThat(sight.isOf(LAUNCH, "liftoff-it-squatter")).isFalse();
  }

  @Test
  void aNetworkThatIsNotThereIsARefusalAndNoFreeAddress() {
    assertThatThrownBy(() -> sight.holder("liftoff-it-nowhere", TestEngine.GREEN))
        .isInstanceOf(EngineRefusal.class)
        .hasMessageContaining("liftoff-it-nowhere");
  }

  private static Endpoint serve(Slot slot) {
    try (DockerContainers containers = TestEngine.containers(artifacts, SECRETS)) {
      return containers.start(
          LAUNCH,
          slot,
          containers.pin(LAUNCH, new ImageReference(TestEngine.IMAGE, null)),
          TestEngine.spec());
    }
  }
}
