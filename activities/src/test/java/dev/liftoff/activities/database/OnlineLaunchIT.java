package dev.liftoff.activities.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.rescue.Store;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.Writes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port's methods in the order in which a launch calls them while the service writes. */
class OnlineLaunchIT {
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;

  @BeforeAll
  static void start() throws Exception {
    cluster = Store.cluster();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  @BeforeEach
  void open() throws Exception {
    shop = new Shop(cluster, folder);
    shop.execute("GRANT SELECT, INSERT, UPDATE ON orders TO clerk");
  }

  @AfterEach
  void drop() throws Exception {
    for (String left = firstLeft(); !left.isEmpty(); left = firstLeft()) {
      cluster.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(left));
    }
    shop.drop();
  }

  private static String firstLeft() throws SQLException {
    return cluster.value(
        "postgres",
        "SELECT coalesce(min(quote_ident(datname)), '') FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')");
  }

  @Test
  void aRescueBringsBackTheOldSchemaWithEveryRow() throws Exception {
    shop.migration("V3__fill_notes.sql", "UPDATE orders SET notes = 'none' WHERE notes IS NULL");
    Rehearsal rehearsal = migrated();
    assertThat(rehearsal.changedColumns()).isEqualTo(Map.of("public.orders", List.of()));
    serve("INSERT INTO orders (item, notes) VALUES ('since', 'new column')");
    serve("UPDATE orders SET item = 'changed' WHERE item = 'first'");

    RescuePlan plan = shop.database().planRescue(Shop.LAUNCH, spec());
    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.code()).isEqualTo("0 0 0 4");
    serve("INSERT INTO orders (item) VALUES ('after the plan')");

    assertThat(shop.database().rescue(Shop.LAUNCH, spec(), plan, plan.code()).findings()).isEmpty();
    assertThat(shop.value("SELECT string_agg(item, ',' ORDER BY id) FROM orders"))
        .isEqualTo("changed,second,third,since,after the plan");
    assertThat(shop.database().inspect(Shop.LAUNCH, spec()))
        .satisfies(state -> assertThat(state.version()).isEqualTo("1"))
        .satisfies(state -> assertThat(state.pending()).hasSize(2));
    serve("INSERT INTO orders (item) VALUES ('goes on')");
  }

  @Test
  void aMigrationThatGaveOtherValuesToOldColumnsCannotBeRescued() throws Exception {
    shop.migration("V3__shout.sql", "UPDATE orders SET item = upper(item) WHERE id <= 2");
    Rehearsal rehearsal = migrated();
    assertThat(rehearsal.changedColumns()).isEqualTo(Map.of("public.orders", List.of("item")));

    assertThat(shop.database().planRescue(Shop.LAUNCH, spec()).obstacles())
        .singleElement()
        .asString()
        .contains("updated 2 rows of public.orders", "other values to item");
  }

  private Rehearsal migrated() {
    RestorePoint point = shop.database().backUp(Shop.LAUNCH, spec());
    assertThat(shop.database().proveAndKeep(Shop.LAUNCH, spec(), point).proof().proven()).isTrue();
    Rehearsal rehearsal = shop.database().rehearse(Shop.LAUNCH, spec(), point);
    shop.database().discardScratch(Shop.LAUNCH, spec());
    assertThat(shop.database().migrate(Shop.LAUNCH, spec()).versionAfter()).isEqualTo("3");
    assertThat(shop.database().verify(Shop.LAUNCH, spec(), point).findings()).isEmpty();
    return rehearsal;
  }

  private DatabaseSpec spec() {
    DatabaseSpec spec = shop.spec();
    return new DatabaseSpec(
        spec.url(),
        spec.user(),
        spec.password(),
        spec.migrations(),
        spec.backupLimit(),
        spec.migrationLimit(),
        spec.lockLimit(),
        null,
        new MigrationSpec(
            null, Writes.ONLINE, Duration.ofSeconds(60), Duration.ofMinutes(1), List.of()),
        List.of("clerk"),
        List.of());
  }

  private void serve(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(cluster.url(shop.name), "clerk", PostgresCluster.PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
