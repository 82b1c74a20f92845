package dev.liftoff.activities.database.migration;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.rescue.Store;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.RowsTouched;
import dev.liftoff.database.Writes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a tool keeps its version there are no rows of the service. */
class CommandRescueIT {
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private final HostProcess host = new HostProcess();
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

  @Test
  void aRescueGoesBackToTheVersionThatTheToolKnew() throws Exception {
    shop.execute("CREATE TABLE alembic_version (version_num text PRIMARY KEY)");
    shop.execute("INSERT INTO alembic_version VALUES ('ae09')");
    migrated();

    RescuePlan plan = database().planRescue(LAUNCH, spec());
    Rescued rescued = database().rescue(LAUNCH, spec(), plan, plan.code());

    assertThat(plan.rows()).isEqualTo(Map.of("public.orders", new RowsTouched(1, 0, 0)));
    assertThat(rescued.findings()).isEmpty();
    assertThat(rescued.rescued()).isTrue();
    assertThat(shop.value("SELECT string_agg(item, ',' ORDER BY id) FROM orders"))
        .isEqualTo("first,second,third,since");
    assertThat(database().inspect(LAUNCH, spec()).version()).isEqualTo("ae09");
  }

  @Test
  void aTableThatTheToolMadeForItsVersionIsNothingThatARescueLeavesBehind() throws Exception {
    migrated();

    RescuePlan plan = database().planRescue(LAUNCH, spec());
    Rescued rescued = database().rescue(LAUNCH, spec(), plan, plan.code());

    assertThat(plan.notRepresentable()).containsOnlyKeys("public.orders.notes");
    assertThat(rescued.rescued()).isTrue();
    assertThat(database().inspect(LAUNCH, spec()).version()).isEqualTo("none");
  }

  private void migrated() throws Exception {
    RestorePoint point = database().backUp(LAUNCH, spec());
    assertThat(database().proveAndKeep(LAUNCH, spec(), point).proof().proven()).isTrue();
    assertThat(database().rehearse(LAUNCH, spec(), point).refusals()).isEmpty();
    database().discardScratch(LAUNCH, spec());
    var _ = database().freeze(LAUNCH, spec());
    var _ = database().anchor(LAUNCH, spec());
    assertThat(database().migrate(LAUNCH, spec()).versionAfter()).isEqualTo("ae10");
    assertThat(database().verify(LAUNCH, spec(), point).findings()).isEmpty();
    var _ = database().open(LAUNCH, spec());
    serve("INSERT INTO orders (item, notes) VALUES ('since', 'new column')");
  }

  private Database database() {
    return new PostgresDatabase(
        PostgresDatabase.Settings.in(shop.artifacts), shop.secrets, Heartbeat.none(), host);
  }

  private DatabaseSpec spec() {
    return Upgrade.of(shop, Writes.FROZEN, List.of("clerk"), null);
  }

  private void serve(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(cluster.url(shop.name), "clerk", PostgresCluster.PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Twins and databases that were kept go with them. */
  @AfterEach
  void drop() throws Exception {
    String others =
        "SELECT coalesce(min(quote_ident(datname)), '') FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')";
    for (String left = cluster.value("postgres", others);
        !left.isEmpty();
        left = cluster.value("postgres", others)) {
      cluster.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(left));
    }
  }
}
