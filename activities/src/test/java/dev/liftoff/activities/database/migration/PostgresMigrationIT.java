package dev.liftoff.activities.database.migration;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.SchemaState;
import io.temporal.client.ActivityCanceledException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresMigrationIT {
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

  @Test
  void aFailureInTheSecondFileTakesTheFirstBackToo() throws Exception {
    shop.migration("V3__break.sql", "INSERT INTO orders (item) VALUES ('half'); SELECT brake()");
    SchemaState before = inspect();

    assertThatThrownBy(this::migrate)
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining(
            "V3__break.sql failed: function brake() does not exist (SQLSTATE 42883)")
        .hasMessageContaining("nothing of it was applied, the database stands at version 1");

    assertThat(reconcile()).isEqualTo(before);
    assertThat(shop.value("SELECT count(*) FROM orders")).isEqualTo("3");
  }

  @Test
  void whatWasInspectedIsAppliedThoughTheFolderChangesMeanwhile() throws Exception {
    inspect();
    shop.migration("V2__add_notes.sql", "DROP TABLE orders");

    migrate();

    assertThat(shop.value("SELECT count(notes) FROM orders")).isEqualTo("0");
  }

  @Test
  void aFileThatWasChangedAfterItsApprovalIsNamedWithBothSumsAndNotApplied() throws Exception {
    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    var _ = shop.database().proveAndKeep(LAUNCH, shop.spec(), point);
    var _ = shop.database().rehearse(LAUNCH, shop.spec(), point);
    shop.database().discardScratch(LAUNCH, shop.spec());
    Path file = LaunchFolder.of(shop.artifacts, LAUNCH).migrations().resolve("V2__add_notes.sql");
    String approved = Sha256.of(file);
    Files.writeString(file, "ALTER TABLE orders ADD COLUMN other text");

    assertThatThrownBy(this::migrate)
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining(
            "V2__add_notes.sql changed after it was rehearsed and approved: sha256 %s then, %s now; nothing is applied, launch again"
                .formatted(approved, Sha256.of(file)));

    assertThat(
            shop.value(
                "SELECT string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = 'orders'"))
        .isEqualTo("id,item");
  }

  @Test
  void aFileThatWasChangedAfterItWasAppliedIsNamed() throws Exception {
    shop.migration("V1__create_orders.sql", "CREATE TABLE orders (id int)");

    assertThatThrownBy(this::inspect)
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining("V1__create_orders.sql was changed after it had been applied");
    assertThatThrownBy(this::migrate).hasMessageContaining("V1__create_orders.sql was changed");
  }

  @Test
  void aFileThatWasAppliedAndIsGoneIsNamed() throws Exception {
    Files.delete(shop.migrations.resolve("V1__create_orders.sql"));

    assertThatThrownBy(this::inspect)
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining("migration 1");
  }

  @Test
  void aFileWithoutAVersionIsNamed() throws Exception {
    shop.migration("V__nothing.sql", "SELECT 1");

    assertThatThrownBy(this::inspect)
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining("V__nothing.sql");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() throws Exception {
    Files.move(shop.migrations, folder.resolve("elsewhere"));

    assertThatThrownBy(this::migrate)
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining(shop.migrations + ", does not exist");
    assertThat(reconcile().version()).isEqualTo("1");
  }

  @Test
  void anIndexIsCreatedConcurrentlyBetweenTransactions() throws Exception {
    shop.migration("V3__index.sql", "CREATE INDEX CONCURRENTLY orders_item ON orders (item)");
    shop.migration("V4__more.sql", "ALTER TABLE orders ADD COLUMN more text");

    assertThat(migrate().applied()).containsExactly("2", "3", "4");
  }

  @Test
  void aHalfIndexIsReportedAndNeverRepaired() throws Exception {
    shop.execute("INSERT INTO orders (item) VALUES ('first')");
    RestorePoint before = shop.database().backUp(LAUNCH, shop.spec());
    shop.migration(
        "V3__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY orders_item ON orders (item)");

    assertThatThrownBy(this::migrate)
        .hasMessageContaining("V3__index.sql failed: could not create unique index")
        .hasMessageContaining("look at what it left")
        .hasMessageNotContaining("'first'");
    assertThatThrownBy(this::migrate).hasMessageContaining("V3__index.sql failed half-way");

    assertThat(reconcile().version()).isEqualTo("2");
    assertThat(verify(before).findings())
        .containsExactly("index public.orders_item of public.orders is invalid");
  }

  @Test
  void aMigrationGivesWayToTheTrafficAndTriesAgain() throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    var traffic = CompletableFuture.runAsync(() -> holdOrdersFor(Duration.ofMillis(1500), locked));
    locked.await();

    assertThat(migrate().applied()).containsExactly("2");

    traffic.join();
  }

  @Test
  void aMigrationThatNeverGetsItsLockEndsWithinItsLimit() throws Exception {
    SchemaState before = inspect();
    try (Connection traffic = cluster.shop(shop.name);
        Statement statement = traffic.createStatement()) {
      traffic.setAutoCommit(false);
      statement.execute("SELECT * FROM orders");

      assertThatThrownBy(() -> shop.database().migrate(LAUNCH, hurried()))
          .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
          .hasMessageContaining("V2__add_notes.sql failed: canceling statement due to lock timeout")
          .hasMessageContaining("nothing of it was applied");
    }
    assertThat(reconcile()).isEqualTo(before);
  }

  @Test
  void aCancelledMigrationIsRolledBackAtOnce() throws Exception {
    shop.migration("V3__sleep.sql", "CREATE TABLE half (id int); SELECT pg_sleep(300)");
    SchemaState before = inspect();

    assertThatThrownBy(() -> shop.database(cancelledOnceAsleep()).migrate(LAUNCH, shop.spec()))
        .isInstanceOf(ActivityCanceledException.class);

    assertThat(sleepers()).isEqualTo("0");
    assertThat(reconcile()).isEqualTo(before);
  }

  @Test
  void aRepeatEndsWhatTheAttemptOfADeadWorkerStillRuns() throws Exception {
    PostgresServer dead =
        new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));
    try (Connection orphan = dead.migrationSource(Duration.ZERO).getConnection();
        Statement statement = orphan.createStatement()) {
      orphan.setAutoCommit(false);
      statement.execute("LOCK TABLE orders");

      assertThat(migrate().applied()).containsExactly("2");

      assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void twoLaunchesAtTheSameTimeApplyEachMigrationOnce() throws Exception {
    shop.migration("V3__slow.sql", "SELECT pg_sleep(1); CREATE TABLE once (id int)");
    var other =
        CompletableFuture.supplyAsync(
            () -> shop.database().migrate(LaunchId.parse("shop/production/v2/2"), shop.spec()));

    Migrated mine = migrate();

    assertThat(mine.versionAfter()).isEqualTo("3");
    assertThat(other.join().versionAfter()).isEqualTo("3");
    assertThat(shop.value("SELECT count(*) FROM flyway_schema_history")).isEqualTo("3");
  }

  @Test
  void rowsThatTheMigrationRemovesAreFound() throws Exception {
    shop.migration("V3__tidy.sql", "DELETE FROM orders WHERE id < 3");
    RestorePoint before = shop.database().backUp(LAUNCH, shop.spec());
    migrate();

    assertThat(verify(before).findings())
        .containsExactly("the migration removed 2 rows of public.orders");
  }

  @Test
  void rowsThatTheServiceRemovesAreItsOwnBusiness() throws Exception {
    RestorePoint before = shop.database().backUp(LAUNCH, shop.spec());
    shop.execute("DELETE FROM orders WHERE id = 1");
    migrate();
    shop.execute("DELETE FROM orders WHERE id = 2");

    assertThat(verify(before).findings()).isEmpty();
  }

  @Test
  void aTableThatTheMigrationEmptiesIsFoundThoughTheServiceRefillsIt() throws Exception {
    shop.migration("V3__empty.sql", "TRUNCATE orders");
    RestorePoint before = shop.database().backUp(LAUNCH, shop.spec());
    migrate();
    shop.execute("INSERT INTO orders (item) VALUES ('a'), ('b'), ('c'), ('d')");

    assertThat(verify(before).findings())
        .containsExactly("table public.orders lost 3 of the 3 rows that it had");
  }

  @Test
  void aTableThatIsRewrittenWithAllItsRowsIsIntact() throws Exception {
    shop.migration(
        "V3__rewrite.sql",
        "ALTER TABLE orders ALTER COLUMN id TYPE numeric; ALTER TABLE orders ADD COLUMN stamp timestamptz DEFAULT clock_timestamp()");
    shop.execute("ALTER TABLE orders ALTER COLUMN id DROP IDENTITY");
    RestorePoint before = shop.database().backUp(LAUNCH, shop.spec());
    migrate();

    assertThat(verify(before).findings()).isEmpty();
  }

  @Test
  void aTableThatIsGoneASequenceThatWentBackAndAConstraintThatIsNotValidatedAreFound()
      throws Exception {
    shop.execute(
        """
        CREATE TABLE old (id int);
        CREATE TABLE priced (price int, CONSTRAINT positive CHECK (price > 0));
        """);
    shop.migration(
        "V3__harm.sql",
        """
        DROP TABLE old;
        ALTER SEQUENCE orders_id_seq RESTART;
        ALTER TABLE priced DROP CONSTRAINT positive, ADD CONSTRAINT positive CHECK (price > 0) NOT VALID;
        """);
    RestorePoint before = shop.database().backUp(LAUNCH, shop.spec());
    migrate();

    Integrity integrity = verify(before);

    assertThat(integrity.intact()).isFalse();
    assertThat(integrity.findings())
        .containsExactly(
            "table public.old is gone",
            "constraint public.priced.positive is not validated any more",
            "sequence public.orders_id_seq is behind the value it had; it would give values a second time");
  }

  @Test
  void aTableWithoutAKeyIsComparedByItsCount() throws Exception {
    shop.execute("CREATE TABLE keyless (a int); INSERT INTO keyless VALUES (1), (2)");
    RestorePoint before = shop.database().backUp(LAUNCH, shop.spec());
    shop.execute("DELETE FROM keyless WHERE a = 1");

    assertThat(verify(before).findings())
        .containsExactly("table public.keyless has 1 rows, it had 2");
  }

  @Test
  void keysOfSeveralColumnsAndOddTypesAreCompared() throws Exception {
    shop.execute(
        """
        CREATE TABLE keyed (a text, "B c" uuid, t timestamptz, PRIMARY KEY ("B c", a, t));
        INSERT INTO keyed SELECT E'x "\\\\\\t,' || n, gen_random_uuid(), now() + n * interval '1 us' FROM generate_series(1, 12000) n;
        """);
    RestorePoint before = shop.database().backUp(LAUNCH, shop.spec());
    assertThat(verify(before).findings()).isEmpty();

    shop.execute("DELETE FROM keyed WHERE a LIKE '%,7777'");

    assertThat(verify(before).findings())
        .containsExactly("table public.keyed lost 1 of the 12000 rows that it had");
  }

  private SchemaState inspect() {
    return shop.database().inspect(LAUNCH, shop.spec());
  }

  private Migrated migrate() {
    return shop.database().migrate(LAUNCH, shop.spec());
  }

  private SchemaState reconcile() {
    return shop.database().reconcile(LAUNCH, shop.spec());
  }

  private Integrity verify(RestorePoint before) {
    return shop.database().verify(LAUNCH, shop.spec(), before);
  }

  private DatabaseSpec hurried() {
    DatabaseSpec spec = shop.spec();
    return new DatabaseSpec(
        spec.url(),
        spec.user(),
        spec.password(),
        spec.migrations(),
        spec.backupLimit(),
        Duration.ofSeconds(2),
        Duration.ofMillis(200),
        null,
        null,
        null,
        null);
  }

  private void holdOrdersFor(Duration time, CountDownLatch locked) {
    try (Connection connection = cluster.shop(shop.name);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE orders");
      locked.countDown();
      statement.execute("SELECT pg_sleep(%d / 1000.0)".formatted(time.toMillis()));
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private Heartbeat cancelledOnceAsleep() {
    return details -> {
      if (!sleepers().equals("0")) {
        throw new ActivityCanceledException();
      }
    };
  }

  private String sleepers() {
    try {
      return shop.value(
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()");
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
