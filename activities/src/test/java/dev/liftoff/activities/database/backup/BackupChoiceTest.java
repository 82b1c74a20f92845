package dev.liftoff.activities.database.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackupChoiceTest {
  private static final long GIGABYTE = 1L << 30;

  @Test
  void upToTenGigabytesAreDumped() {
    assertThat(chosen(BackupMethod.AUTO, null, 10 * GIGABYTE)).isEqualTo(BackupMethod.LOGICAL);
  }

  @Test
  void largerOnesAreCopied() {
    assertThat(chosen(BackupMethod.AUTO, null, 10 * GIGABYTE + 1)).isEqualTo(BackupMethod.PHYSICAL);
    assertThat(chosen(BackupMethod.AUTO, "shop", 11 * GIGABYTE)).isEqualTo(BackupMethod.PGBACKREST);
  }

  @Test
  void aBaseBackupIsNotEnoughForTheLargest() {
    BackupSpec auto = BackupSpec.DEFAULT;

    assertThat(BackupChoice.isTooLarge(auto, BackupMethod.PHYSICAL, 200 * GIGABYTE)).isFalse();
    assertThat(BackupChoice.isTooLarge(auto, BackupMethod.PHYSICAL, 201 * GIGABYTE)).isTrue();
    assertThat(BackupChoice.isTooLarge(auto, BackupMethod.PGBACKREST, 201 * GIGABYTE)).isFalse();
  }

  @Test
  void theSizesAreThePlans() {
    BackupSpec spec =
        new BackupSpec(BackupMethod.AUTO, null, null, Duration.ofDays(1), 5 * GIGABYTE, 0);

    assertThat(BackupChoice.method(spec, 6 * GIGABYTE)).isEqualTo(BackupMethod.PHYSICAL);
  }

  @Test
  void whatThePlanNamesIsTaken() {
    assertThat(chosen(BackupMethod.LOGICAL, "shop", 1000 * GIGABYTE))
        .isEqualTo(BackupMethod.LOGICAL);
  }

  private static BackupMethod chosen(BackupMethod method, String stanza, long bytes) {
    return BackupChoice.method(BackupSpec.DEFAULT.by(method, stanza, null), bytes);
  }
}
