package dev.liftoff.activities.database.migration;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.Waiting;
import dev.liftoff.activities.database.CopyRehearsal;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.OrderWriter;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Writes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks: of others in the way, our own in theirs, and what is left of a step that lost. */
class MigrationLockIT {
  private static final String END_GUARD =
      "SELECT pg_terminate_backend(%s) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1279870548 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Then only the transaction itself can notice. */
  private static final Duration NEVER = Duration.ofHours(1);

  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;
  private LaunchFolder launch;

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
    launch = LaunchFolder.of(shop.artifacts, LAUNCH);
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Test
  void trafficIsHeldUpNoLongerThanOneAttemptWaits() throws Exception {
    long slowest;
    try (Connection reader = reader();
        OrderWriter traffic = new OrderWriter(cluster, shop.name)) {
      var migration = inBackground(spec(Duration.ofMinutes(1)));
      Waiting.until("five attempts gave way", LIMIT, () -> givenWay() >= 5);
      reader.rollback();
      assertThat(migration.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).containsExactly("2");
      slowest = traffic.longestMillis();
      traffic.stop();
      assertThat(OrderWriter.hash(traffic.kept()))
          .isEqualTo(OrderWriter.hash(traffic.acknowledged()));
    }
    // The longest of the waits that it came to, 1 s, and what a busy machine adds; without a limit
    // of the wait it is as long as the reader reads.
    assertThat(slowest).isBetween(150L, 15_000L);
  }

  @Test
  void whoStoodInTheWayIsNamedWithoutItsValues() throws Exception {
    try (var _ = reader()) {
      assertThatThrownBy(() -> migrate(spec(Duration.ofSeconds(3))))
          .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
          .hasMessageContaining("V2__add_notes.sql failed: canceling statement due to lock timeout")
          .hasMessageContaining("nothing of it was applied, the database stands at version 1")
          .hasMessageContaining("in its way: pid ")
          .hasMessageContaining("SELECT * FROM orders WHERE item = ?")
          .hasMessageNotContaining("top secret");
    }
  }

  @Test
  void aTransactionThatIsOpenForLongOnATableOfTheMigrationIsWaitedForAndNamed() throws Exception {
    CopyRehearsal.of(shop, shop.spec());
    try (Connection reader = reader()) {
      Waiting.until("it is long", LIMIT, () -> openSeconds() > 5);

      assertThatThrownBy(() -> migrate(spec(Duration.ofSeconds(1))))
          .hasMessageContaining("stays open for more than 5 s: pid ")
          .hasMessageContaining("SELECT * FROM orders WHERE item = ?")
          .hasMessageNotContaining("top secret");
      var migration = inBackground(spec(Duration.ofMinutes(1)));
      reader.rollback();
      assertThat(migration.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).containsExactly("2");
    }
  }

  @Test
  void onlyTheHalfIndexOfTheStepItselfIsRemoved() throws Exception {
    foreignHalfIndex("somebody_elses");
    shop.migration("V3__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY mine ON orders (item)");
    CopyRehearsal.of(shop, shop.spec());
    shop.execute("INSERT INTO orders (item) VALUES ('first')");

    assertThatThrownBy(() -> migrate(shop.spec()))
        .hasMessageContaining("V3__index.sql failed: could not create unique index")
        .hasMessageContaining("nothing of it was applied, the database stands at version 2");
    assertThat(invalid()).isEqualTo("somebody_elses");
    assertThat(shop.value("SELECT count(*) FROM flyway_schema_history WHERE NOT success"))
        .isEqualTo("0");

    shop.execute("DELETE FROM orders WHERE id = 1");
    assertThat(migrate(shop.spec())).containsExactly("2", "3");
    assertThat(invalid()).isEqualTo("somebody_elses");
  }

  @Test
  void aHalfIndexOfTheSameNameThatWasThereBeforeIsNotTouched() throws Exception {
    shop.migration("V3__index.sql", "CREATE INDEX CONCURRENTLY mine ON orders (item)");
    CopyRehearsal.of(shop, shop.spec());
    var _ = MigrationStart.of(launch, server());
    Segment.versionedOnly(new Flyways(server(), launch.migrations()).configuration(Duration.ZERO))
        .target("2")
        .load()
        .migrate();
    foreignHalfIndex("mine");
    String index = shop.value("SELECT 'mine'::regclass::oid");

    assertThatThrownBy(() -> migrate(shop.spec())).hasMessageContaining("nothing was touched");

    assertThat(shop.value("SELECT 'mine'::regclass::oid")).isEqualTo(index);
  }

  @Test
  void aHalfIndexIsTheStepsOwnOnlyIfItWasNotThereBefore() throws Exception {
    shop.migration("V3__index.sql", "CREATE INDEX CONCURRENTLY mine ON orders (item)");
    CopyRehearsal.of(shop, shop.spec());
    foreignHalfIndex("mine");
    Leftovers leftovers =
        new Leftovers(new Flyways(server(), launch.migrations()), Ledger.of(launch));

    leftovers.remove(indexing(new TreeSet<>(List.of("public.mine"))));
    assertThat(invalid()).isEqualTo("mine");

    leftovers.remove(indexing(new TreeSet<>()));
    assertThat(invalid()).isNull();
  }

  private static StepNote indexing(SortedSet<String> invalidBefore) {
    return new StepNote(List.of("V3__index.sql"), false, "", invalidBefore, null, List.of());
  }

  @Test
  void aMigrationWhoseGuardIsEndedIsCalledOffAndRolledBack() throws Exception {
    shop.migration("V3__slow.sql", "CREATE TABLE half (id int); SELECT pg_sleep(300)");
    var migration = inBackground(shop.spec());
    Waiting.until("it runs", LIMIT, () -> sessions("wait_event = 'PgSleep'") == 1);

    endGuard();

    assertThatThrownBy(() -> migration.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("the session that guards the migration ended");
    Waiting.until("nothing of it works", LIMIT, () -> sessions("true") == 0);
    assertThat(shop.value("SELECT to_regclass('half')")).isNull();
  }

  @Test
  void aGuardThatIsLostIsNoticedInsideTheTransaction() throws Exception {
    try (Guard guard = Guard.hold(server(), new Progress(), NEVER);
        Connection migration = cluster.shop(shop.name)) {
      guard.requireHeld(migration);
      try (Statement statement = migration.createStatement()) {
        statement.execute(END_GUARD.formatted("pid, 5000"));
      }

      assertThatThrownBy(() -> guard.requireHeld(migration))
          .hasMessageContaining("the session that guards the migration ended");
    }
  }

  @Test
  void aMigrationIsNotCommittedAfterItsGuardWasLost() throws Exception {
    MigrationTrace nothing = new MigrationTrace(List.of());
    StepNote step =
        new StepNote(List.of("V2__add_notes.sql"), true, "", new TreeSet<>(), null, List.of());
    try (Guard guard = Guard.hold(server(), new Progress(), NEVER);
        Connection migration = cluster.shop(shop.name);
        Statement statement = migration.createStatement()) {
      TraceCallback trace = new TraceCallback(launch, nothing, step, guard, new Progress());
      statement.execute(END_GUARD.formatted("pid, 5000"));

      assertThatThrownBy(() -> trace.handle(Event.AFTER_EACH_MIGRATE, in(migration)))
          .hasMessageContaining("the session that guards the migration ended");
    }
  }

  @Test
  void whileAnotherLaunchMayMigrateNothingIsTouched() throws Exception {
    List<String> beats = new CopyOnWriteArrayList<>();
    CompletableFuture<Migrated> waiting;
    PostgresServer other =
        new PostgresServer(
            LaunchId.parse("shop/production/v9/1"),
            shop.spec(),
            shop.secrets,
            Duration.ofSeconds(5));
    try (Guard _ = Guard.hold(other, new Progress())) {
      waiting =
          CompletableFuture.supplyAsync(() ->
              shop.database(how -> beats.add(String.valueOf(how))).migrate(LAUNCH, shop.spec()));

      Waiting.until(
          "it says what it waits for",
          LIMIT,
          () ->
              beats.contains("another migration of this database is running; waiting for its end"));
      assertThat(shop.value("SELECT count(*) FROM flyway_schema_history")).isEqualTo("1");
      assertThat(waiting).isNotDone();
    }
    assertThat(waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS).applied()).containsExactly("2");
  }

  /** Flyway's word for where a migration stands; only its connection is asked. */
  private static Context in(Connection connection) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (context, method, arguments) ->
                method.getName().equals("getConnection") ? connection : null);
  }

  private Connection reader() throws SQLException {
    Connection reader = cluster.shop(shop.name);
    reader.setAutoCommit(false);
    try (Statement statement = reader.createStatement()) {
      statement.execute("SELECT * FROM orders WHERE item = 'top secret'");
    }
    return reader;
  }

  private void foreignHalfIndex(String name) throws SQLException {
    shop.execute("CREATE TABLE IF NOT EXISTS twice (id int)");
    shop.execute("CREATE INDEX %s ON orders (item)".formatted(name));
    cluster.execute(
        shop.name,
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '%s'::regclass".formatted(name));
  }

  private void endGuard() throws SQLException {
    cluster.execute(shop.name, END_GUARD.formatted("pid"));
  }

  private List<String> migrate(DatabaseSpec spec) {
    return shop.database().migrate(LAUNCH, spec).applied();
  }

  private CompletableFuture<List<String>> inBackground(DatabaseSpec spec) {
    return CompletableFuture.supplyAsync(() -> migrate(spec));
  }

  private DatabaseSpec spec(Duration lockBudget) {
    DatabaseSpec spec = shop.spec();
    return new DatabaseSpec(
        spec.url(),
        spec.user(),
        spec.password(),
        spec.migrations(),
        spec.backupLimit(),
        Duration.ofMinutes(1),
        Duration.ofSeconds(1),
        null,
        new MigrationSpec(null, Writes.ONLINE, Duration.ofMinutes(1), lockBudget, List.of()),
        null,
        null);
  }

  private PostgresServer server() {
    return new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));
  }

  private long givenWay() {
    try {
      return Ledger.of(launch).events().stream().filter("gave way"::equals).count();
    } catch (IOException unexpected) {
      throw new UncheckedIOException(unexpected);
    }
  }

  private long openSeconds() {
    return Long.parseLong(
        value(
            "SELECT coalesce(max(extract(epoch FROM now() - xact_start)), 0)::bigint FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'"));
  }

  private int sessions(String state) {
    return Integer.parseInt(
        value(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '%-migration' AND "
                + state));
  }

  private String invalid() {
    return value(
        "SELECT string_agg(indexrelid::regclass::text, ',') FROM pg_index WHERE NOT indisvalid");
  }

  private String value(String sql) {
    try {
      return shop.value(sql);
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
