package dev.liftoff.activities.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.checklist.Subject;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.probe.ProbeResult.State;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items about what earlier launches have left, and what this one will apply. */
class RestorePointReadinessIT {
  private static PostgresCluster cluster;

  @TempDir private Path folder;
  private Shop shop;
  private Examining examining;

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
    examining = new Examining(shop.artifacts);
    examining.secrets = shop.secrets;
    ((ObjectNode) examining.plan.get("database"))
        .put("url", cluster.url(shop.name))
        .put("user", "shop")
        .put("migrations", shop.migrations.toString());
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Test
  void aRestorePointCountsOnceItIsProvenAndOnlyAsLongAsItIsYoung() throws Exception {
    assertThat(examining.of(Subject.RESTORE_POINT).state()).isEqualTo(State.NO_DATA);
    RestorePoint point = shop.database().backUp(Shop.LAUNCH, shop.spec());
    assertThat(examining.of(Subject.RESTORE_POINT).state()).isEqualTo(State.NO_DATA);

    assertThat(shop.database().prove(Shop.LAUNCH, shop.spec(), point).proven()).isTrue();

    assertThat(examining.of(Subject.RESTORE_POINT).state()).isEqualTo(State.PASS);
    assertThat(examining.of(Subject.RESTORE_POINT).value())
        .matches("taken \\d+s ago, \\d+ tables and \\d+ rows restored and compared");
    assertThat(examining.of(Subject.RESTORE_POINT, "1ms").state()).isEqualTo(State.FAIL);
  }

  @Test
  void aRestorePointOfAnotherDatabaseDoesNotCount() throws Exception {
    RestorePoint point = shop.database().backUp(Shop.LAUNCH, shop.spec());
    var _ = shop.database().prove(Shop.LAUNCH, shop.spec(), point);
    ((ObjectNode) examining.plan.get("database")).put("url", cluster.url("postgres"));

    assertThat(examining.of(Subject.RESTORE_POINT).state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void aMigrationThatWasChangedAfterItHadBeenAppliedFailsByItsName() throws Exception {
    assertThat(examining.of(Subject.MIGRATIONS).value()).isEqualTo("1 pending: V2__add_notes.sql");
    shop.migration("V1__create_orders.sql", "CREATE TABLE orders (id int)");

    assertThat(examining.of(Subject.MIGRATIONS).state()).isEqualTo(State.FAIL);
    assertThat(examining.of(Subject.MIGRATIONS).value())
        .startsWith("V1__create_orders.sql was changed after it had been applied");
  }
}
