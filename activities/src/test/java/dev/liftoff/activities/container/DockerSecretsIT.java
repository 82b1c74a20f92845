package dev.liftoff.activities.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.LogScan;
import dev.liftoff.container.Slot;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret is planted in the environment and in a file, and looked for wherever something is said.
 */
class DockerSecretsIT {
  private static final LaunchId LAUNCH = LaunchId.parse("contract/it/v1/1");
  private static final String IN_ENVIRONMENT = "planted-\"in\"-environment";
  private static final String IN_FILE = "planted\\in\\file";
  private static TestEngine engine;

  @TempDir private Path folder;
  private DockerContainers containers;
  private ContainerSpec spec;

  @BeforeAll
  static void openEngine() throws IOException {
    engine = TestEngine.open();
  }

  @AfterAll
  static void closeEngine() throws IOException {
    engine.close();
  }

  @BeforeEach
  void plant() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), IN_FILE + "\n");
    spec =
        TestEngine.spec(
            Map.of(
                "SAYS", "file:" + file,
                "LAST_WORDS", "env:PLANTED",
                "DATABASE_PASSWORD", "planted-in-plan"));
    containers = worker(Map.of("PLANTED", IN_ENVIRONMENT));
  }

  @AfterEach
  void removeContainers() {
    containers.close();
    engine.removeContainers();
  }

  @Test
  void aCandidateReceivesItsSecrets() {
    Endpoint green = start();

    assertThat(engine.inspect(green.container()).getConfig().getEnv())
        .contains("LAST_WORDS=" + IN_ENVIRONMENT, "SAYS=" + IN_FILE);
  }

  @Test
  void evidenceHoldsNoSecret() throws IOException {
    start();

    containers.capture(LAUNCH, green());

    assertThat(evidence()).contains("listening", "LAST_WORDS=***", "SAYS=***");
    assertNoSecret(evidence());
  }

  @Test
  void evidenceTakenByAnotherWorkerHoldsNoSecret() throws IOException {
    start();

    try (DockerContainers another = worker(Map.of())) {
      another.capture(LAUNCH, green());
    }

    assertNoSecret(evidence());
  }

  @Test
  void theFailureOfACandidateHoldsNoSecret() throws IOException {
    Map<String, String> environment = new java.util.HashMap<>(spec.environment());
    environment.put("BEHAVIOUR", "exits");

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> containers.start(LAUNCH, Slot.GREEN, image(), TestEngine.spec(environment)));

    assertThat(failure).hasMessageContainingAll("its last words", "listening", "***");
    assertNoSecret(trace(failure));
    assertNoSecret(evidence());
  }

  @Test
  void examplesOfErrorLinesHoldNoSecret() {
    start();

    try (DockerContainers another = worker(Map.of())) {
      LogScan scan = another.scanLogs(LAUNCH, green(), List.of("planted"));

      assertThat(scan.matches()).isEqualTo(1);
      assertThat(scan.examples()).containsExactly("***");
    }
  }

  @Test
  void aSecretThatCannotBeReadLeavesNothingBehind() {
    try (DockerContainers poor = worker(Map.of())) {
      ApplicationFailure failure =
          catchThrowableOfType(
              ApplicationFailure.class, () -> poor.start(LAUNCH, Slot.GREEN, image(), spec));

      assertThat(failure.getType()).isEqualTo(FailureType.SECRET_UNREADABLE.name());
      assertThat(failure).hasMessageContaining("env:PLANTED");
    }
    assertThat(engine.exists(green().container())).isFalse();
  }

  private Endpoint start() {
    return containers.start(LAUNCH, Slot.GREEN, image(), spec);
  }

  private Endpoint green() {
    return Endpoint.in(Slot.GREEN, LAUNCH, spec);
  }

  private Image image() {
    return containers.pin(LAUNCH, new ImageReference(TestEngine.IMAGE, null));
  }

  private DockerContainers worker(Map<String, String> environment) {
    return TestEngine.containers(folder.resolve("artifacts"), new Secrets(environment));
  }

  private String evidence() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(folder.resolve("artifacts"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void assertNoSecret(String text) {
    assertThat(text).isNotEmpty().doesNotContain("planted");
  }
}
