package dev.liftoff.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.container.Image;
import org.junit.jupiter.api.Test;

/** What every database keeps whose schema the service's own tool migrates. */
public abstract class CommandContract {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/production/v2/1");

  protected abstract Database database();

  /** Its command, in the image with this id, adds a column. */
  protected abstract DatabaseSpec spec(Image image);

  protected abstract String versionBefore();

  /** The command's own. */
  protected abstract String versionAfter();

  private DatabaseSpec spec() {
    return spec(new Image("tool", "sha256:0"));
  }

  private Rehearsal rehearse() {
    RestorePoint point = database().backUp(LAUNCH, spec());
    database().proveAndKeep(LAUNCH, spec(), point);
    Rehearsal rehearsal = database().rehearse(LAUNCH, spec(), point);
    database().discardScratch(LAUNCH, spec());
    return rehearsal;
  }

  @Test
  void nothingIsToldAsPendingBeforeItsRehearsal() {
    SchemaState state = database().inspect(LAUNCH, spec());

    assertThat(state.version()).isEqualTo(versionBefore());
    assertThat(state.pending()).isEmpty();
  }

  @Test
  void aRehearsalNamesTheCommandAndTheVersionThatItEndsAt() {
    Rehearsed only = rehearse().migrations().getFirst();

    assertThat(only.script()).isEqualTo(spec().migration().command().text());
    assertThat(only.version()).isEqualTo(versionAfter());
    assertThat(only.kind()).isEqualTo(MigrationClass.EXPAND);
    assertThat(database().inspect(LAUNCH, spec()).version()).isEqualTo(versionBefore());
  }

  @Test
  void withoutARehearsalNothingRuns() {
    assertThatThrownBy(() -> database().migrate(LAUNCH, spec()))
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining("was not rehearsed by this launch; nothing was applied");

    assertThat(database().inspect(LAUNCH, spec()).version()).isEqualTo(versionBefore());
  }

  @Test
  void anotherImageThanTheRehearsedOneDoesNotRun() {
    rehearse();

    assertThatThrownBy(() -> database().migrate(LAUNCH, spec(new Image("tool", "sha256:1"))))
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining("or its image changed after it was rehearsed and approved");

    assertThat(database().inspect(LAUNCH, spec()).version()).isEqualTo(versionBefore());
  }

  @Test
  void whatWasRehearsedIsAppliedAndRepeatingAnswersTheSame() {
    rehearse();

    Migrated migrated = database().migrate(LAUNCH, spec());

    assertThat(migrated.versionBefore()).isEqualTo(versionBefore());
    assertThat(migrated.applied()).containsExactly(versionAfter());
    assertThat(database().migrate(LAUNCH, spec())).isEqualTo(migrated);
    assertThat(database().inspect(LAUNCH, spec()).version()).isEqualTo(versionAfter());
  }
}
