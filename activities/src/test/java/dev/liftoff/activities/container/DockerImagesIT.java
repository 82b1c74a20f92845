package dev.liftoff.activities.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.Slot;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are not on the host yet. */
class DockerImagesIT {
  private static final LaunchId LAUNCH = LaunchId.parse("contract/it/v1/1");
  private static TestEngine engine;
  private static String otherArchitecture;

  @TempDir private Path artifacts;
  private FakeRegistry registry;
  private DockerContainers containers;

  @BeforeAll
  static void openEngine() throws IOException {
    engine = TestEngine.open();
    otherArchitecture =
        engine.client.versionCmd().exec().getArch().equals("amd64") ? "arm64" : "amd64";
  }

  @AfterAll
  static void closeEngine() throws IOException {
    engine.close();
  }

  @BeforeEach
  void openRegistry() throws IOException {
    registry = new FakeRegistry(otherArchitecture);
    containers =
        new DockerContainers(
            DockerContainers.Settings.on(TestEngine.ADDRESS, artifacts)
                .withRegistryLimit(Duration.ofSeconds(10)),
            new Secrets(Map.of()),
            Heartbeat.none());
  }

  @AfterEach
  void closeRegistry() throws IOException {
    containers.close();
    engine.removeContainers();
    engine.removeImage(registry.image("v1"));
    registry.close();
  }

  @Test
  void anImageThatIsMissingIsPulled() {
    Image pulled = pin(registry.image("v1"), null);

    assertThat(engine.client.inspectImageCmd(registry.image("v1")).exec().getId())
        .isEqualTo(pulled.id());
  }

  @Test
  void thePlanMayBindTheDigestOfTheRegistry() {
    assertThat(pin(registry.image("v1"), registry.digest))
        .isEqualTo(pin(registry.image("v1"), null));
  }

  @Test
  void aPulledImageWithAnotherDigestIsRefused() {
    assertThatThrownBy(() -> pin(registry.image("v1"), "sha256:" + "0".repeat(64)))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContainingAll("the tag has moved", registry.digest);
  }

  @Test
  void aTagThatTheRegistryDoesNotKnowIsPermanentAtOnce() {
    assertThatThrownBy(() -> pin(registry.image("v9"), null))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContainingAll(registry.image("v9"), "the registry has none", "manifest unknown");
  }

  @Test
  void aReferenceThatIsNoneIsPermanentAtOnce() {
    assertThatThrownBy(() -> pin("UPPER/case", null))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContainingAll("UPPER/case", "must be lowercase");
  }

  @Test
  void aRegistryThatIsDownForAMomentIsTriedAgain() {
    registry.refusing(2);

    assertThat(pin(registry.image("v1"), null).id()).startsWith("sha256:");
    assertThat(registry.refusals).hasValue(0);
  }

  @Test
  void anImageForAnotherProcessorIsNamedSoWhenItFails() {
    Image foreign = pin(registry.image("v1"), null);

    assertThatThrownBy(() -> containers.start(LAUNCH, Slot.GREEN, foreign, TestEngine.spec()))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("the image is built for " + otherArchitecture);
  }

  @Test
  void anImageThatWasRemovedAfterItWasPinnedIsNamed() {
    Image pinned = pin(registry.image("v1"), null);
    engine.removeImage(registry.image("v1"));

    assertThatThrownBy(() -> containers.start(LAUNCH, Slot.GREEN, pinned, TestEngine.spec()))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("was removed from the host after it was pinned");
  }

  private Image pin(String reference, String digest) {
    return containers.pin(LAUNCH, new ImageReference(reference, digest));
  }
}
