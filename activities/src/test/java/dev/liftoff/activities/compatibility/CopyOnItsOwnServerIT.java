package dev.liftoff.activities.compatibility;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.backup.CopiedServer;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.activities.database.proxy.Destination;
import dev.liftoff.activities.database.proxy.PostgresProxy;
import dev.liftoff.activities.database.proxy.SqlTally;
import dev.liftoff.activities.database.proxy.Upstream;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.DatabaseSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyOnItsOwnServerIT {
  @TempDir Path folder;

  @Test
  void theProxyOfATrialLeadsToIt() throws Exception {
    Path scratch = CopiedServer.openFolder("liftoff-beside");
    CopiedServer copied = new CopiedServer();
    try {
      Shop shop = new Shop(copied.cluster, folder);
      copied.cluster.execute(
          shop.name, "GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO shop");
      PostgresDatabase.Settings settings =
          new PostgresDatabase.Settings(shop.artifacts, null, 2, Duration.ofSeconds(5), scratch);
      PostgresDatabase database = new PostgresDatabase(settings, shop.secrets, Heartbeat.none());
      DatabaseSpec spec = copied.spec(shop, BackupMethod.PHYSICAL);
      var _ = database.proveAndKeep(LAUNCH, spec, database.backUp(LAUNCH, spec));
      Duration limit = Duration.ofSeconds(5);
      PostgresServer server =
          settings.copies().reaching(new PostgresServer(LAUNCH, spec, shop.secrets, limit));
      String copy = Scratch.name(LAUNCH);
      SqlTally tally = new SqlTally();

      try (PostgresProxy proxy =
          new PostgresProxy(
              Upstream.of(server, copy, limit),
              Destination.of(copy),
              tally,
              InetAddress.getLoopbackAddress(),
              any -> true)) {
        assertThat(new Control(proxy, tally, copy, spec, shop.secrets, limit).failure(shop.name))
            .isEmpty();
      }
      database.discardScratch(LAUNCH, spec);
    } finally {
      copied.stop();
      LaunchFolder.delete(scratch);
    }
  }
}
