package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.container.Image;
import dev.liftoff.database.CommandContract;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.database.Writes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresCommandIT extends CommandContract {
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;

  @BeforeAll
  static void start() throws Exception {
    cluster = new PostgresCluster();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  @BeforeEach
  void open() throws Exception {
    shop = new Shop(cluster, folder);
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Override
  protected Database database() {
    return new PostgresDatabase(
        PostgresDatabase.Settings.in(shop.artifacts),
        shop.secrets,
        Heartbeat.none(),
        new HostProcess());
  }

  @Override
  protected DatabaseSpec spec(Image image) {
    return Upgrade.of(shop, Writes.ONLINE, List.of(), null)
        .in(new MigrationCommand.Place(image, "none"));
  }

  @Override
  protected String versionBefore() {
    return "none";
  }

  @Override
  protected String versionAfter() {
    return "ae10";
  }
}
