package dev.liftoff.activities.database.migration;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Waiting;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.container.Image;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.RowsTouched;
import dev.liftoff.database.SchemaState;
import dev.liftoff.database.Waiver;
import dev.liftoff.database.Writes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that keeps its version in a table of its own, as Alembic does. */
class CommandRunIT {
  private static final String PSQL = "/usr/lib/postgresql/15/bin/psql -qX -v ON_ERROR_STOP=1 ";

  /** All or nothing. */
  private static final String TOOL = PSQL + "-1 \"$DATABASE_URL\" 2>&1 <<'SQL'\n%s\nSQL";

  /** A transaction for each statement. */
  private static final String STEPS = PSQL + "\"$DATABASE_URL\" 2>&1 <<'SQL'\n%s\nSQL";

  private static final String VERSIONS =
      "CREATE TABLE IF NOT EXISTS alembic_version (version_num text);\n";
  private static final String TO_AE10 =
      """
      INSERT INTO alembic_version SELECT 'ae10' WHERE NOT EXISTS (SELECT FROM alembic_version);
      UPDATE alembic_version SET version_num = 'ae10' WHERE version_num <> 'ae10';
      """;
  private static final String UPGRADE =
      TOOL.formatted(
          VERSIONS + "ALTER TABLE orders ADD COLUMN IF NOT EXISTS notes text;\n" + TO_AE10);

  private static PostgresCluster cluster;

  @TempDir Path folder;
  private final HostProcess host = new HostProcess();
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
    database().discardScratch(LAUNCH, spec(UPGRADE));
    shop.drop();
  }

  @Test
  void whatStandsIsToldAndNothingIsGuessedAboutWhatIsPending() {
    SchemaState state = database().inspect(LAUNCH, spec(UPGRADE));

    assertThat(state.version()).isEqualTo("none");
    assertThat(state.pending()).isEmpty();
  }

  @Test
  void aLaunchGoesFromBackupToIntegrity() throws Exception {
    DatabaseSpec spec = spec(UPGRADE);
    RestorePoint point = database().backUp(LAUNCH, spec);

    Rehearsal rehearsal = rehearse(spec, point);
    Migrated migrated = database().migrate(LAUNCH, spec);
    Integrity integrity = database().verify(LAUNCH, spec, point);

    assertThat(rehearsal.refusals()).isEmpty();
    assertThat(rehearsal.worst()).isEqualTo(MigrationClass.EXPAND);
    Rehearsed only = rehearsal.migrations().getFirst();
    assertThat(only.version()).isEqualTo("ae10");
    assertThat(only.changes())
        .containsExactly("added column public.orders.notes", "added table public.alembic_version");
    assertThat(only.rows()).isEmpty();
    assertThat(only.transactional()).isTrue();
    assertThat(rehearsal.warnings())
        .anyMatch(warning -> warning.startsWith("static rules do not apply to sh -c"));
    assertThat(migrated).isEqualTo(new Migrated("none", "ae10", List.of("ae10")));
    assertThat(integrity.findings()).isEmpty();
    assertThat(Ledger.of(launch).check()).isEmpty();
    assertThat(shop.value("SELECT count(notes) FROM orders")).isEqualTo("0");
  }

  @Test
  void repeatingAnswersTheSameAndTheNextLaunchHasNothingToDo() throws Exception {
    DatabaseSpec spec = spec(UPGRADE);
    rehearse(spec);
    Migrated first = database().migrate(LAUNCH, spec);

    assertThat(database().migrate(LAUNCH, spec)).isEqualTo(first);

    LaunchId next = LaunchId.parse("shop/production/v2/2");
    RestorePoint point = database().backUp(next, spec);
    database().proveAndKeep(next, spec, point);
    assertThat(database().rehearse(next, spec, point).migrations()).isEmpty();
    assertThat(database().migrate(next, spec).applied()).isEmpty();
    database().discardScratch(next, spec);
  }

  @Test
  void theLiveDatabaseIsNotTouchedByTheRehearsal() throws Exception {
    SchemaState before = database().inspect(LAUNCH, spec(UPGRADE));

    rehearse(spec(UPGRADE));

    assertThat(database().inspect(LAUNCH, spec(UPGRADE))).isEqualTo(before);
  }

  @Test
  void aToolThatAsksForTheLiveDatabaseByNameReachesTheCopyAllTheSame() throws Exception {
    String stubborn =
        "DATABASE_URL=$(echo \"$DATABASE_URL\" | sed 's|/[^/]*$|/%s|'); %s"
            .formatted(shop.name, UPGRADE);

    assertThat(rehearse(spec(stubborn)).refusals()).isEmpty();

    assertThat(shop.value("SELECT to_regclass('alembic_version')")).isNull();
  }

  @Test
  void aToolThatNeverConnectsProvesNothing() throws Exception {
    assertThat(rehearse(spec("exit 0")).refusals())
        .singleElement()
        .asString()
        .contains("never reached the copy by the address in DATABASE_URL");
  }

  @Test
  void aToolThatFailsIsRefusedWithTheServersWordsAndNoValues() throws Exception {
    String fails = TOOL.formatted("INSERT INTO orders (id, item) VALUES (1, 'top secret')");

    Rehearsal rehearsal = rehearse(spec(fails));

    assertThat(rehearsal.refusals())
        .singleElement()
        .asString()
        .contains(
            "fails on the copy: it ended with code 3: duplicate key value violates unique constraint \"orders_pkey\" (SQLSTATE 23505)")
        .doesNotContain("top secret\" ");
  }

  @Test
  void aColumnThatGoesIsRefusedUnlessAWaiverNamesThisImageAndCommand() throws Exception {
    String drops = TOOL.formatted("ALTER TABLE orders DROP COLUMN IF EXISTS item");
    DatabaseSpec spec = spec(drops);
    MigrationCommand command = spec.migration().command();
    Waiver waiver =
        new Waiver("contract", command.text(), Sha256.of(command.identity()), "unused", "ann");

    assertThat(rehearse(spec).refusals()).anyMatch(refusal -> refusal.endsWith("(contract)"));
    database().discardScratch(LAUNCH, spec);

    assertThat(rehearse(spec(drops, "sha256:0", waiver)).refusals()).isEmpty();
    database().discardScratch(LAUNCH, spec);

    Rehearsal other = rehearse(spec(drops, "sha256:1", waiver));
    assertThat(other.refusals()).anyMatch(refusal -> refusal.endsWith("(contract)"));
    assertThat(other.warnings()).anyMatch(warning -> warning.contains("is void"));
  }

  @Test
  void rowsAreCountedAndThoseThatGoAreRefused() throws Exception {
    String rows =
        TOOL.formatted(
            "UPDATE orders SET item = 'x' WHERE id = 1 AND item <> 'x'; DELETE FROM orders WHERE id = 2;");

    Rehearsal rehearsal = rehearse(spec(rows));

    assertThat(rehearsal.worst()).isEqualTo(MigrationClass.DATA_LOSS);
    assertThat(rehearsal.migrations().getFirst().rows())
        .isEqualTo(Map.of("public.orders", new RowsTouched(0, 1, 1)));
    assertThat(rehearsal.refusals()).anyMatch(refusal -> refusal.endsWith("(data-loss)"));
  }

  @Test
  void anEmptiedTableLosesItsRowsThoughNothingWasDeleted() throws Exception {
    Rehearsal rehearsal = rehearse(spec(TOOL.formatted("TRUNCATE orders")));

    assertThat(rehearsal.migrations().getFirst().rows())
        .isEqualTo(Map.of("public.orders", new RowsTouched(0, 0, 3)));
    assertThat(rehearsal.migrations().getFirst().rewritten()).containsExactly("public.orders");
  }

  @Test
  void aToolThatDoesSomethingTheSecondTimeTooIsRefused() throws Exception {
    assertThat(
            rehearse(spec(TOOL.formatted("INSERT INTO orders (item) VALUES ('more')"))).refusals())
        .anyMatch(refusal ->
            refusal.endsWith(
                "changes the database again when it is run a second time; it must do nothing then (second-run)"));
  }

  @Test
  void aLongLockOnALargeTableIsRefusedAndASlowStatementBeforeItIsNot() throws Exception {
    shop.execute("INSERT INTO orders (item) SELECT 'order' FROM generate_series(1, 20000)");
    String slow = "SELECT pg_sleep(1.5);\n";
    String alter = "ALTER TABLE orders ADD COLUMN IF NOT EXISTS notes text;\n";

    Rehearsal before = rehearse(spec(TOOL.formatted(slow + alter)));
    database().discardScratch(LAUNCH, spec(UPGRADE));
    Rehearsal after = rehearse(spec(TOOL.formatted(alter + slow)));

    assertThat(before.refusals()).isEmpty();
    assertThat(before.migrations().getFirst().locks())
        .containsExactly("AccessExclusive public.orders");
    assertThat(after.refusals())
        .singleElement()
        .asString()
        .contains("keeps AccessExclusive on public.orders")
        .endsWith("(lock-budget)");
  }

  @Test
  void withoutARehearsalNothingRuns() {
    assertThatThrownBy(() -> database().migrate(LAUNCH, spec(UPGRADE)))
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining("was not rehearsed by this launch; nothing was applied");
  }

  @Test
  void anotherImageThanTheRehearsedOneDoesNotRun() throws Exception {
    rehearse(spec(UPGRADE));

    assertThatThrownBy(() -> database().migrate(LAUNCH, spec(UPGRADE, "sha256:1")))
        .hasMessageContaining("or its image changed after it was rehearsed and approved: sha256 ")
        .hasMessageContaining("nothing was applied");

    assertThat(shop.value("SELECT to_regclass('alembic_version')")).isNull();
  }

  @Test
  void aSchemaThatNobodyRehearsedIsHeldBeforeTheToolRuns() throws Exception {
    rehearse(spec(UPGRADE));
    shop.execute("CREATE TABLE hotfix (id int)");

    assertThatThrownBy(() -> database().migrate(LAUNCH, spec(UPGRADE)))
        .hasMessageContaining("is held: the live schema is not the one that was rehearsed on");

    assertThat(shop.value("SELECT to_regclass('alembic_version')")).isNull();
  }

  @Test
  void aToolThatFailsOnLiveOnlyIsNamedAndLeavesNothing() throws Exception {
    String fussy =
        TOOL.formatted(
            VERSIONS
                + "ALTER TABLE orders ADD COLUMN IF NOT EXISTS notes text;\nSELECT 1 / (CASE WHEN current_database() LIKE 'liftoff%' THEN 1 ELSE 0 END);\n"
                + TO_AE10);
    rehearse(spec(fussy));

    assertThatThrownBy(() -> database().migrate(LAUNCH, spec(fussy)))
        .hasMessageContaining("ended with code 3: division by zero (SQLSTATE 22012)")
        .hasMessageContaining("nothing of it was applied, the database stands at version none")
        .hasMessageNotContaining(PostgresCluster.PASSWORD);

    assertThat(shop.value("SELECT to_regclass('alembic_version')")).isNull();
  }

  @Test
  void aToolThatGivesWayToTheTrafficIsRunAgain() throws Exception {
    rehearse(spec(UPGRADE));
    try (Connection reader = cluster.shop(shop.name);
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT * FROM orders");
      var migration =
          CompletableFuture.supplyAsync(() -> database().migrate(LAUNCH, spec(UPGRADE)));
      Waiting.until("it gave way twice", Duration.ofMinutes(2), () -> ended() >= 2);
      reader.rollback();

      assertThat(migration.get(2, TimeUnit.MINUTES).versionAfter()).isEqualTo("ae10");
    }
  }

  @Test
  void theToolOfALostGuardIsCutOffAndRolledBack() throws Exception {
    String slow =
        TOOL.formatted(
            VERSIONS
                + "SELECT pg_sleep(CASE WHEN current_database() LIKE 'liftoff%' THEN 0 ELSE 300 END);\n"
                + TO_AE10);
    rehearse(spec(slow));
    var migration = CompletableFuture.supplyAsync(() -> database().migrate(LAUNCH, spec(slow)));
    Waiting.until("it runs", Duration.ofMinutes(2), () -> sleeping() == 1);

    cluster.execute(
        shop.name,
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1279870548 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

    assertThatThrownBy(() -> migration.get(2, TimeUnit.MINUTES))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("the session that guards the migration ended");
    Waiting.until("nothing of it works", Waiting.BUSY, () -> sleeping() == 0);
    assertThat(shop.value("SELECT to_regclass('alembic_version')")).isNull();
  }

  @Test
  void aSessionThatTheToolOfADeadAttemptStillHasIsEnded() throws Exception {
    rehearse(spec(UPGRADE));
    PostgresServer server =
        new PostgresServer(LAUNCH, spec(UPGRADE), shop.secrets, Duration.ofSeconds(5));
    try (Connection orphan = cluster.shop(shop.name);
        Statement statement = orphan.createStatement()) {
      var row = statement.executeQuery("SELECT pg_backend_pid()");
      assertThat(row.next()).isTrue();
      new CommandSessions(server, launch).opened(row.getInt(1));
      orphan.setAutoCommit(false);
      statement.execute("LOCK TABLE orders");

      assertThat(database().migrate(LAUNCH, spec(UPGRADE)).versionAfter()).isEqualTo("ae10");

      assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aToolThatCommitsStepByStepGoesOnWhereItStopped() throws Exception {
    String steps = STEPS.formatted(stepByStep(""));
    rehearse(spec(steps));
    String stops = STEPS.formatted(stepByStep("SELECT pg_terminate_backend(pg_backend_pid());"));
    assertThat(RehearsedCommand.read(launch).orElseThrow().states()).hasSize(4);

    MigrationStart.of(launch, "none");
    new ProcessBuilder("sh", "-c", stops.replace("$DATABASE_URL", address())).start().waitFor();
    assertThat(shop.value("SELECT version_num FROM alembic_version")).isEqualTo("v1");

    assertThat(database().migrate(LAUNCH, spec(steps)))
        .isEqualTo(new Migrated("none", "v2", List.of("v2")));
    assertThat(Ledger.of(launch).events()).contains("reconciled", "migrated");
  }

  @Test
  void aStateThatTheRehearsalNeverHadIsHeld() throws Exception {
    rehearse(spec(UPGRADE));
    MigrationStart.of(launch, "none");
    shop.execute("CREATE TABLE alembic_version (version_num text)");

    assertThatThrownBy(() -> database().migrate(LAUNCH, spec(UPGRADE)))
        .hasMessageContaining("is held: the live schema is none of the 2 that the rehearsal");
  }

  private static String stepByStep(String between) {
    return """
    SET client_min_messages = error;
    CREATE TABLE IF NOT EXISTS alembic_version AS SELECT 'v0' AS version_num;
    BEGIN;
    ALTER TABLE orders ADD COLUMN IF NOT EXISTS notes text;
    UPDATE alembic_version SET version_num = 'v1' WHERE version_num = 'v0';
    COMMIT;
    %s
    BEGIN;
    ALTER TABLE orders ADD COLUMN IF NOT EXISTS more text;
    UPDATE alembic_version SET version_num = 'v2' WHERE version_num = 'v1';
    COMMIT;
    """
        .formatted(between);
  }

  private String address() {
    return "postgresql://shop:%s@127.0.0.1:%d/%s"
        .formatted(PostgresCluster.PASSWORD, cluster.port(), shop.name);
  }

  private Rehearsal rehearse(DatabaseSpec spec) {
    return rehearse(spec, database().backUp(LAUNCH, spec));
  }

  private Rehearsal rehearse(DatabaseSpec spec, RestorePoint point) {
    assertThat(database().proveAndKeep(LAUNCH, spec, point).proof().differences()).isEmpty();
    return database().rehearse(LAUNCH, spec, point);
  }

  private Database database() {
    return new PostgresDatabase(
        PostgresDatabase.Settings.in(shop.artifacts), shop.secrets, Heartbeat.none(), host);
  }

  private long ended() {
    try {
      return Ledger.of(launch).events().stream().filter("command ended"::equals).count();
    } catch (java.io.IOException unexpected) {
      throw new java.io.UncheckedIOException(unexpected);
    }
  }

  private int sleeping() {
    try {
      return Integer.parseInt(
          shop.value(
              "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"));
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private DatabaseSpec spec(String script) {
    return spec(script, "sha256:0");
  }

  private DatabaseSpec spec(String script, String image, Waiver... waivers) {
    MigrationCommand command =
        new MigrationCommand(
            List.of("sh", "-c", script),
            "SELECT version_num FROM alembic_version",
            "DATABASE_URL",
            "postgresql://{user}:{password}@{host}:{port}/{database}",
            Map.of(),
            new MigrationCommand.Place(new Image("tool", image), "none"));
    return new DatabaseSpec(
        cluster.url(shop.name),
        "shop",
        new SecretReference("env:SHOP_PASSWORD"),
        "",
        Duration.ofMinutes(2),
        Duration.ofSeconds(20),
        Duration.ofMillis(500),
        null,
        new MigrationSpec(
            command, Writes.ONLINE, Duration.ofMinutes(2), Duration.ofMinutes(1), List.of(waivers)),
        null,
        null);
  }
}
