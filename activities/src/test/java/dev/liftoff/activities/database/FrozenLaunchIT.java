package dev.liftoff.activities.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.activities.database.rescue.Store;
import dev.liftoff.database.BusinessCheck;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.Writes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port's methods in the order in which a launch with frozen writes calls them. */
class FrozenLaunchIT {
  private static final BusinessCheck SAME_ITEMS =
      new BusinessCheck("items", "SELECT md5(string_agg(item, ',' ORDER BY id)) FROM orders", true);

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

  /** Twins and databases that were kept. */
  private static String firstLeft() throws SQLException {
    return cluster.value(
        "postgres",
        "SELECT coalesce(min(quote_ident(datname)), '') FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')");
  }

  @Test
  void theServiceIsKeptOutAndLetInAgainAndTheRowsAreWhole() throws Exception {
    RestorePoint point = rehearsed();

    frozen(point);
    assertThatThrownBy(() -> serve("SELECT 1")).isInstanceOf(SQLException.class);
    assertThat(shop.database().verify(Shop.LAUNCH, spec(), point).findings()).isEmpty();
    var first = shop.database().open(Shop.LAUNCH, spec());

    assertThat(shop.database().open(Shop.LAUNCH, spec())).isEqualTo(first);
    serve("INSERT INTO orders (item) VALUES ('after')");
    assertThat(shop.value("SELECT count(*) FROM orders")).isEqualTo("4");
  }

  @Test
  void aRescueBringsBackTheOldSchemaWithEveryRowWrittenSince() throws Exception {
    frozen(rehearsed());
    var _ = shop.database().open(Shop.LAUNCH, spec());
    serve("INSERT INTO orders (item, notes) VALUES ('since', 'new column')");
    serve("UPDATE orders SET item = 'changed' WHERE item = 'first'");

    RescuePlan plan = shop.database().planRescue(Shop.LAUNCH, spec());
    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.code()).isEqualTo("1 1 0 1");
    assertThat(shop.database().rescue(Shop.LAUNCH, spec(), plan, "9 9 9 9").rescued()).isFalse();
    Rescued rescued = shop.database().rescue(Shop.LAUNCH, spec(), plan, plan.code());

    assertThat(rescued.findings()).isEmpty();
    assertThat(rescued.rescued()).isTrue();
    assertThat(shop.value("SELECT string_agg(item, ',' ORDER BY id) FROM orders"))
        .isEqualTo("changed,second,third,since");
    assertThat(
            shop.value(
                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'notes'"))
        .isEqualTo("0");
    assertThat(shop.database().inspect(Shop.LAUNCH, spec()))
        .satisfies(state -> assertThat(state.version()).isEqualTo("1"))
        .satisfies(state -> assertThat(state.pending()).hasSize(1));
  }

  @Test
  void aDamagedDatabaseGivesItsPlaceToTheTwin() throws Exception {
    RestorePoint point = rehearsed();
    frozen(point);
    shop.execute("DELETE FROM orders WHERE item = 'second'");

    assertThat(shop.database().verify(Shop.LAUNCH, spec(), point).intact()).isFalse();
    assertThat(shop.database().putBack(Shop.LAUNCH, spec()).rescued()).isTrue();

    assertThat(shop.value("SELECT string_agg(item, ',' ORDER BY id) FROM orders"))
        .isEqualTo("first,second,third");
    serve("INSERT INTO orders (item) VALUES ('goes on')");
  }

  @Test
  void whatWasWrittenToIsNeverPutBack() throws Exception {
    frozen(rehearsed());
    var _ = shop.database().open(Shop.LAUNCH, spec());
    serve("INSERT INTO orders (item) VALUES ('since')");

    assertThat(shop.database().putBack(Shop.LAUNCH, spec()).rescued()).isFalse();
    assertThat(shop.value("SELECT count(*) FROM orders")).isEqualTo("4");
  }

  @Test
  void theWayBackOfAFreezeLetsTheServiceIn() throws Exception {
    var _ = rehearsed();
    var _ = shop.database().freeze(Shop.LAUNCH, spec());

    shop.database().unfreeze(Shop.LAUNCH, spec());
    shop.database().unfreeze(Shop.LAUNCH, spec());

    serve("INSERT INTO orders (item) VALUES ('again')");
  }

  @Test
  void aBusinessCheckThatDoesNotHoldEvenBeforeStopsTheMigration() throws Exception {
    DatabaseSpec spec = spec(new BusinessCheck("impossible", "SELECT false", false));

    assertThatThrownBy(() -> shop.database().migrate(Shop.LAUNCH, spec))
        .hasMessageContaining("nothing was migrated")
        .hasMessageContaining("impossible");
    assertThat(shop.database().inspect(Shop.LAUNCH, spec).version()).isEqualTo("1");
  }

  private RestorePoint rehearsed() {
    RestorePoint point = shop.database().backUp(Shop.LAUNCH, spec());
    assertThat(shop.database().proveAndKeep(Shop.LAUNCH, spec(), point).proof().proven()).isTrue();
    assertThat(shop.database().rehearse(Shop.LAUNCH, spec(), point).refusals()).isEmpty();
    shop.database().discardScratch(Shop.LAUNCH, spec());
    return point;
  }

  private void frozen(RestorePoint point) {
    assertThat(point.tables()).containsKey("public.orders");
    var _ = shop.database().freeze(Shop.LAUNCH, spec());
    assertThat(shop.database().anchor(Shop.LAUNCH, spec()).rows()).isGreaterThanOrEqualTo(3);
    assertThat(shop.database().migrate(Shop.LAUNCH, spec()).versionAfter()).isEqualTo("2");
  }

  private DatabaseSpec spec() {
    return spec(SAME_ITEMS);
  }

  private DatabaseSpec spec(BusinessCheck check) {
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
            null, Writes.FROZEN, Duration.ofSeconds(60), Duration.ofMinutes(1), List.of()),
        List.of("clerk"),
        List.of(check));
  }

  private void serve(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(cluster.url(shop.name), "clerk", PostgresCluster.PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
