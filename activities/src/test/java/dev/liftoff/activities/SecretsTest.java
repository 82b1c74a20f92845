package dev.liftoff.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.FailureType;
import dev.liftoff.SecretReference;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path folder;

  private final Secrets secrets =
      new Secrets(Map.of("DB_PASSWORD", "s3cret", "LONGER", "s3cret-and-more", "EMPTY", " "));

  @Test
  void anEnvironmentVariableIsRead() {
    assertThat(secrets.resolve(new SecretReference("env:DB_PASSWORD"))).isEqualTo("s3cret");
  }

  @Test
  void aFileIsReadWithoutItsTrailingNewline() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), " s3cret \r\n");

    assertThat(secrets.resolve(new SecretReference("file:" + file))).isEqualTo(" s3cret ");
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    assertUnreadable("env:ABSENT", "env:ABSENT is not set");
  }

  @Test
  void anEmptySecretIsRefused() {
    assertUnreadable("env:EMPTY", "env:EMPTY is empty");
  }

  @Test
  void aMissingFileIsNamed() {
    assertUnreadable("file:" + folder.resolve("absent"), "absent does not exist");
  }

  @Test
  void aFolderIsNoSecret() {
    assertUnreadable("file:" + folder, "cannot be read");
  }

  @Test
  void aFileWithoutEndIsNotReadToItsEnd() {
    assertUnreadable("file:/dev/zero", "more than 64 KiB");
  }

  @Test
  void everyResolvedSecretIsMasked() {
    secrets.resolve(new SecretReference("env:DB_PASSWORD"));
    secrets.resolve(new SecretReference("env:LONGER"));

    assertThat(secrets.mask("tried s3cret, then s3cret-and-more")).isEqualTo("tried ***, then ***");
  }

  @Test
  void textWithoutSecretsStaysAsItIs() {
    assertThat(secrets.mask("nothing to hide")).isEqualTo("nothing to hide");
  }

  private void assertUnreadable(String reference, String sentence) {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> secrets.resolve(new SecretReference(reference)));

    assertThat(failure.getOriginalMessage()).contains(sentence);
    assertThat(failure.getType()).isEqualTo(FailureType.SECRET_UNREADABLE.name());
    assertThat(failure.isNonRetryable()).isTrue();
  }
}
