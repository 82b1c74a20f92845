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
  void whatThePlanNamesIsTaken() {
    assertThat(chosen(BackupMethod.LOGICAL, "shop", 1000 * GIGABYTE))
        .isEqualTo(BackupMethod.LOGICAL);
  }

  private static BackupMethod chosen(BackupMethod method, String stanza, long bytes) {
    return BackupChoice.method(new BackupSpec(method, stanza, Duration.ofDays(1)), bytes);
  }
}
