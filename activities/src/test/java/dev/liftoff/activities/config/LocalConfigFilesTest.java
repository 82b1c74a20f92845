package dev.liftoff.activities.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.config.ConfigFiles;
import dev.liftoff.config.ConfigFilesContract;
import dev.liftoff.config.SavedFiles;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalConfigFilesTest extends ConfigFilesContract {
  @TempDir private Path temporary;
  private Path etc;
  private Path artifacts;

  @BeforeEach
  void prepare() throws IOException {
    etc = Files.createDirectory(temporary.toRealPath().resolve("etc"));
    artifacts = temporary.toRealPath().resolve("artifacts");
  }

  @Test
  void modeAndOwnerAreRestored() throws IOException {
    write("app.yaml", "before");
    mode("app.yaml", "rw-r-----");
    Object owner = Files.getAttribute(etc.resolve("app.yaml"), "unix:uid");
    save("app.yaml");
    remove("app.yaml");
    write("app.yaml", "after");
    mode("app.yaml", "rwxrwxrwx");

    restore("app.yaml");

    assertThat(Files.getPosixFilePermissions(etc.resolve("app.yaml")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(Files.getAttribute(etc.resolve("app.yaml"), "unix:uid")).isEqualTo(owner);
  }

  @Test
  void aChangedModeAloneIsRestoredButIsNoChangedContent() throws IOException {
    write("app.yaml", "before");
    mode("app.yaml", "rw-r-----");
    save("app.yaml");
    mode("app.yaml", "rwxrwxrwx");

    assertThat(restore("app.yaml")).isEmpty();
    assertThat(Files.getPosixFilePermissions(etc.resolve("app.yaml")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void copiesAreForTheWorkerOnly() throws IOException {
    write("app.yaml", "before");

    Path folder = Path.of(save("app.yaml").folder());

    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (Stream<Path> copies = Files.list(folder)) {
      assertThat(copies)
          .isNotEmpty()
          .allSatisfy(copy ->
              assertThat(Files.getPosixFilePermissions(copy))
                  .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }
  }

  @Test
  void copiesLieInTheFolderOfTheLaunch() {
    write("app.yaml", "before");

    assertThat(save("app.yaml").folder())
        .isEqualTo(artifacts + "/" + LAUNCH.asFileName() + "/configuration");
  }

  @Test
  void aReaderNeverSeesHalfAFileAndNothingIsLeftBeside() throws IOException {
    write("app.yaml", "before");
    save("app.yaml");
    write("app.yaml", "after");
    Object inode = Files.getAttribute(etc.resolve("app.yaml"), "unix:ino");

    restore("app.yaml");

    assertThat(Files.getAttribute(etc.resolve("app.yaml"), "unix:ino")).isNotEqualTo(inode);
    try (Stream<Path> all = Files.list(etc)) {
      assertThat(all).containsExactly(etc.resolve("app.yaml"));
    }
  }

  @Test
  void aFolderIsRefused() {
    assertRefused(etc.toString(), "is a folder; name the files in it");
  }

  @Test
  void aRelativePathIsRefused() {
    assertRefused("app.yaml", "must be an absolute path");
  }

  @Test
  void aLinkIsRefusedAndItsEndIsNamed() throws IOException {
    write("real.yaml", "before");
    Files.createSymbolicLink(etc.resolve("app.yaml"), etc.resolve("real.yaml"));

    assertRefused(path("app.yaml"), "leads to " + path("real.yaml"));
  }

  @Test
  void aPathThroughALinkOrThroughItsParentIsRefused() throws IOException {
    write("app.yaml", "before");
    Files.createSymbolicLink(temporary.toRealPath().resolve("link"), etc);

    assertRefused(temporary.toRealPath() + "/link/app.yaml", "leads to " + path("app.yaml"));
    assertRefused(etc + "/../etc/app.yaml", "leads to " + path("app.yaml"));
  }

  @Test
  void aDanglingLinkIsRefused() throws IOException {
    Files.createSymbolicLink(etc.resolve("app.yaml"), etc.resolve("nowhere"));

    assertRefused(path("app.yaml"), "leads nowhere");
  }

  @Test
  void aLinkPutInThePlaceOfASavedFileIsReplacedAndItsEndIsUntouched() throws IOException {
    write("app.yaml", "before");
    write("other.yaml", "other");
    save("app.yaml");
    remove("app.yaml");
    Files.createSymbolicLink(etc.resolve("app.yaml"), etc.resolve("other.yaml"));

    assertThat(restore("app.yaml")).containsExactly(path("app.yaml"));

    assertThat(Files.isSymbolicLink(etc.resolve("app.yaml"))).isFalse();
    assertThat(read("app.yaml")).isEqualTo("before");
    assertThat(read("other.yaml")).isEqualTo("other");
  }

  @Test
  void aFolderThatBecameALinkIsNotFollowedOnTheWayBack() throws IOException {
    write("app.yaml", "before");
    save("app.yaml");
    Path elsewhere = temporary.toRealPath().resolve("elsewhere");
    Files.move(etc, elsewhere);
    Files.createSymbolicLink(etc, elsewhere);
    Files.writeString(elsewhere.resolve("app.yaml"), "after");

    assertThatThrownBy(() -> restore("app.yaml")).hasMessageContaining("leads to " + elsewhere);
    assertThat(elsewhere.resolve("app.yaml")).hasContent("after");
  }

  @Test
  void aFolderThatIsGoneIsASentence() throws IOException {
    write("app.yaml", "before");
    save("app.yaml");
    remove("app.yaml");
    Files.delete(etc);

    assertThatThrownBy(() -> restore("app.yaml")).hasMessageContaining("create it, then retry");
  }

  @Test
  void aDamagedCopyIsNeverPutInPlace() throws IOException {
    write("app.yaml", "before");
    SavedFiles saved = save("app.yaml");
    Files.writeString(Path.of(saved.folder(), saved.sha256().get(path("app.yaml"))), "rotten");
    write("app.yaml", "after");

    assertThatThrownBy(() -> restore("app.yaml"))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("is damaged");
    assertThat(read("app.yaml")).isEqualTo("after");
  }

  @Test
  void aHalfWrittenManifestIsNoEmptyOne() throws IOException {
    write("app.yaml", "before");
    Path folder = Path.of(save("app.yaml").folder());
    Files.writeString(folder.resolve("manifest.json"), "{\"files\":");

    assertThatThrownBy(() -> restore("app.yaml")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void filesWithTheSameNameOrContentDoNotCollide() throws IOException {
    Files.createDirectory(etc.resolve("sub"));
    write("app.yaml", "same");
    write("sub/app.yaml", "same");
    List<String> both = List.of(path("app.yaml"), path("sub/app.yaml"));
    configFiles().save(LAUNCH, both);
    write("app.yaml", "one");
    write("sub/app.yaml", "two");

    assertThat(configFiles().restore(LAUNCH, both)).isEqualTo(both);
    assertThat(read("app.yaml") + read("sub/app.yaml")).isEqualTo("samesame");
  }

  private void assertRefused(String file, String sentence) {
    assertThatThrownBy(() -> configFiles().save(LAUNCH, List.of(file)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            refused -> {
              assertThat(refused.getType()).isEqualTo(FailureType.CONFIGURATION_REFUSED.name());
              assertThat(refused.getOriginalMessage()).startsWith(file).contains(sentence);
            });
  }

  private void mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(etc.resolve(name), PosixFilePermissions.fromString(mode));
  }

  @Override
  protected ConfigFiles configFiles() {
    return new LocalConfigFiles(new LocalConfigFiles.Settings(artifacts));
  }

  @Override
  protected String path(String name) {
    return etc.resolve(name).toString();
  }

  @Override
  protected void write(String name, String content) {
    try {
      Files.writeString(etc.resolve(name), content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  protected String read(String name) {
    try {
      return Files.readString(etc.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  protected void remove(String name) {
    try {
      if (Files.exists(etc.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(etc.resolve(name));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
