package dev.liftoff.activities.database.rehearsal;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.proof.RestoreProof;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Writes;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the dump to the live schema: what was rehearsed is what happens. */
class RestoredCopyIT {
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;
  private PostgresServer server;

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
    server = new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Test
  void theLiveSchemaGetsTheFingerprintsThatWereRehearsedOnTheRestoredCopy() throws Exception {
    shop.execute(
        """
        CREATE TABLE parts (
          id int PRIMARY KEY, gone text, kind varchar(9) CHECK (kind IN ('a', 'b')),
          size numeric(6,2) DEFAULT 1.5, at timestamptz DEFAULT now());
        ALTER TABLE parts DROP COLUMN gone;
        CREATE VIEW kinds AS SELECT kind, count(*) FROM parts WHERE kind <> ALL (ARRAY['x', 'y']) GROUP BY 1;
        CREATE INDEX parts_kind ON parts (lower(kind)) WHERE kind IN ('a', 'b');
        CREATE FUNCTION twice(n int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
        GRANT SELECT ON parts TO PUBLIC;
        """);
    shop.migration(
        "V3__kind.sql",
        "ALTER TABLE parts ADD COLUMN other varchar(5) CHECK (other IN ('c', 'd'))");
    shop.migration(
        "V4__index.sql",
        "CREATE INDEX CONCURRENTLY parts_other ON parts (other) WHERE other IN ('c', 'd')");
    shop.migration("V5__longer.sql", "ALTER TABLE parts ALTER COLUMN other TYPE varchar(50)");
    shop.migration(
        "R__names.sql",
        "CREATE OR REPLACE VIEW others AS SELECT other FROM parts WHERE other IN ('c', 'd')");
    LaunchFolder launch = LaunchFolder.of(shop.artifacts, LAUNCH);
    var _ = shop.database().inspect(LAUNCH, shop.spec());
    var proof =
        new RestoreProof(server, null, 1, new Progress(), TableContents::read)
            .proveAndKeep(shop.database().backUp(LAUNCH, shop.spec()));
    assertThat(proof.differences()).isEmpty();

    Rehearsal rehearsal =
        new RehearsalRun(server, Scratch.name(LAUNCH), launch, new Progress())
            .rehearse(launch.migrations(), List.of(), Writes.ONLINE);

    assertThat(rehearsal.refusals()).isEmpty();
    assertThat(rehearsal.fingerprint()).isEqualTo(live());
    assertThat(rehearsal.migrations()).hasSize(5);

    var _ = shop.database().migrate(LAUNCH, shop.spec());

    assertThat(live()).isEqualTo(rehearsal.migrations().getLast().fingerprint());
  }

  private String live() throws Exception {
    try (Connection connection = Canonical.of(server.open(Purpose.READ))) {
      return Catalog.read(connection).restoredFingerprint();
    }
  }
}
