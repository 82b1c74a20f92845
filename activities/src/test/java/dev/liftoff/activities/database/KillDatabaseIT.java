package dev.liftoff.activities.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A few of the kills that {@code deploy/test/kill-database} does many of. */
class KillDatabaseIT {
  private static final int TIMES = 5;

  @TempDir Path folder;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void aProcessThatIsKilledAnywhereBetweenBackupAndIntegrityIsContinuedWithoutLosingARow()
      throws Exception {
    PostgresCluster cluster = new PostgresCluster();
    try {
      assertThat(new KillDatabase(cluster, folder, System.nanoTime(), System.out).run(TIMES))
          .as("every end is legal and no row is lost, see the lines above")
          .isTrue();
    } finally {
      cluster.stop();
    }
  }
}
