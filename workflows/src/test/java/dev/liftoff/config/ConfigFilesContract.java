package dev.liftoff.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every keeper of configuration files must do. */
public abstract class ConfigFilesContract {
  protected static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");
  protected static final LaunchId NEXT_LAUNCH = LaunchId.parse("shop/test/2.0.1/1");

  protected abstract ConfigFiles configFiles();

  /** The absolute path of a file with this name. */
  protected abstract String path(String name);

  protected abstract void write(String name, String content);

  protected abstract String read(String name);

  protected abstract void remove(String name);

  @Test
  public void aChangedFileIsRestored() {
    write("app.yaml", "before");
    save("app.yaml");
    write("app.yaml", "after");

    assertThat(restore("app.yaml")).containsExactly(path("app.yaml"));
    assertThat(read("app.yaml")).isEqualTo("before");
  }

  @Test
  public void aRemovedFileIsRestored() {
    write("app.yaml", "before");
    save("app.yaml");
    remove("app.yaml");

    assertThat(restore("app.yaml")).containsExactly(path("app.yaml"));
    assertThat(read("app.yaml")).isEqualTo("before");
  }

  @Test
  public void anUnchangedFileIsNotNamed() {
    write("app.yaml", "before");
    save("app.yaml");

    assertThat(restore("app.yaml")).isEmpty();
  }

  @Test
  public void savingAgainKeepsWhatWasThereBeforeTheLaunch() {
    write("app.yaml", "before");
    SavedFiles first = save("app.yaml");
    write("app.yaml", "after");

    assertThat(save("app.yaml")).isEqualTo(first);
    restore("app.yaml");
    assertThat(read("app.yaml")).isEqualTo("before");
  }

  @Test
  public void restoringAgainFindsTheWorkDone() {
    write("app.yaml", "before");
    save("app.yaml");
    write("app.yaml", "after");
    restore("app.yaml");

    assertThat(restore("app.yaml")).isEmpty();
  }

  @Test
  public void eachLaunchHasItsOwnCopies() {
    write("app.yaml", "first");
    save("app.yaml");
    write("app.yaml", "second");
    configFiles().save(NEXT_LAUNCH, List.of(path("app.yaml")));
    write("app.yaml", "third");

    configFiles().restore(NEXT_LAUNCH, List.of(path("app.yaml")));

    assertThat(read("app.yaml")).isEqualTo("second");
  }

  @Test
  public void checksumsAreOfTheContent() {
    write("app.yaml", "before");

    assertThat(save("app.yaml").sha256())
        .containsEntry(
            path("app.yaml"), "6db7d803e74f1ffa7d8f5adc0bf95b3e15bf4c8373fffadf546227cc6c6742cb");
  }

  @Test
  public void aFileThatWasNeverSavedIsLeftAlone() {
    write("app.yaml", "before");

    assertThat(restore("app.yaml")).isEmpty();
    assertThat(read("app.yaml")).isEqualTo("before");
  }

  @Test
  public void aMissingFileIsRefusedByName() {
    remove("app.yaml");

    assertThatThrownBy(() -> save("app.yaml"))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            refused -> {
              assertThat(refused.getType()).isEqualTo(FailureType.CONFIGURATION_REFUSED.name());
              assertThat(refused.isNonRetryable()).isTrue();
              assertThat(refused.getOriginalMessage()).contains(path("app.yaml"));
            });
  }

  @Test
  public void noFilesAreFine() {
    assertThat(configFiles().save(LAUNCH, List.of()).sha256()).isEmpty();
    assertThat(configFiles().restore(LAUNCH, List.of())).isEmpty();
  }

  protected SavedFiles save(String name) {
    return configFiles().save(LAUNCH, List.of(path(name)));
  }

  protected List<String> restore(String name) {
    return configFiles().restore(LAUNCH, List.of(path(name)));
  }
}
