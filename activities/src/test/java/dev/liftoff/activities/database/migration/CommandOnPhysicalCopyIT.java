package dev.liftoff.activities.database.migration;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.backup.CopiedServer;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.Writes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that is rehearsed on a server of its own reaches that one, and later the live one. */
class CommandOnPhysicalCopyIT {
  @TempDir Path folder;

  @Test
  void aToolIsRehearsedOnTheCopyOfTheServerAndThenMigratesTheLiveOne() throws Exception {
    CopiedServer copied = new CopiedServer();
    Path scratch = CopiedServer.openFolder("liftoff-beside");
    try {
      Shop shop = new Shop(copied.cluster, folder);
      copied.cluster.execute(
          shop.name, "GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO shop");
      migrates(shop, scratch);
    } finally {
      copied.stop();
      LaunchFolder.delete(scratch);
    }
  }

  private static void migrates(Shop shop, Path scratch) throws Exception {
    PostgresDatabase database =
        new PostgresDatabase(
            new PostgresDatabase.Settings(shop.artifacts, null, 2, Duration.ofSeconds(5), scratch),
            shop.secrets,
            Heartbeat.none(),
            new HostProcess());
    DatabaseSpec spec =
        Upgrade.of(
            shop,
            Writes.ONLINE,
            List.of(),
            BackupSpec.DEFAULT.by(BackupMethod.PHYSICAL, null, null));
    RestorePoint point = database.backUp(LAUNCH, spec);
    assertThat(point.method()).isEqualTo(BackupMethod.PHYSICAL);
    assertThat(database.proveAndKeep(LAUNCH, spec, point).proof().differences()).isEmpty();

    Rehearsal rehearsal = database.rehearse(LAUNCH, spec, point);

    assertThat(rehearsal.refusals()).isEmpty();
    assertThat(rehearsal.worst()).isEqualTo(MigrationClass.EXPAND);
    assertThat(database.rehearse(LAUNCH, spec, point)).isEqualTo(rehearsal);
    assertThat(shop.value("SELECT to_regclass('alembic_version')")).isNull();
    database.discardScratch(LAUNCH, spec);
    assertThat(scratch).isEmptyDirectory();
    assertThat(database.migrate(LAUNCH, spec))
        .isEqualTo(new Migrated("none", "ae10", List.of("ae10")));
    assertThat(database.verify(LAUNCH, spec, point).findings()).isEmpty();
  }
}
