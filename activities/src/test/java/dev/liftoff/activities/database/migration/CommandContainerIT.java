package dev.liftoff.activities.database.migration;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.Waiting;
import dev.liftoff.activities.compatibility.TrialStage;
import dev.liftoff.activities.container.DockerContainers;
import dev.liftoff.activities.container.DockerOneOff;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.container.Image;
import dev.liftoff.database.Database;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.Writes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a migration command: a real server, a real engine, and a process that dies. */
class CommandContainerIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MIGRATION = "shop-production-migration";

  /** Waits as long as a table says, which says nothing when it is copied. */
  private static final String UPGRADE =
      """
      psql -qX1 -v ON_ERROR_STOP=1 "$DATABASE_URL" <<'SQL'
      CREATE TABLE IF NOT EXISTS alembic_version (version_num text);
      ALTER TABLE orders ADD COLUMN IF NOT EXISTS notes text;
      INSERT INTO alembic_version SELECT 'ae10' WHERE NOT EXISTS (SELECT FROM alembic_version);
      SELECT pg_sleep(coalesce(sum(before), 0)) FROM brake;
      SQL
      psql -qAtX -v ON_ERROR_STOP=1 "$DATABASE_URL" -c 'SELECT pg_sleep(coalesce(sum(after), 0)) FROM brake'
      """;

  @TempDir private static Path stageFolder;
  private static TrialStage stage;
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private final Secrets secrets =
      new Secrets(Map.of("SHOP_PASSWORD", PostgresCluster.PASSWORD, "WORD", "hunter2-hunter2"));
  private Shop shop;
  private DockerOneOff oneOff;

  @BeforeAll
  static void start() throws Exception {
    stage = new TrialStage(stageFolder);
    cluster = new PostgresCluster();
  }

  @AfterAll
  static void stop() throws Exception {
    stage.close();
    cluster.stop();
  }

  @BeforeEach
  void open() throws Exception {
    shop = new Shop(cluster, folder);
    shop.execute("CREATE TABLE brake (before int, after int)");
    oneOff = new DockerOneOff(DockerContainers.Settings.on(TrialStage.ADDRESS, folder), secrets);
  }

  @AfterEach
  void close() throws Exception {
    database().discardScratch(LAUNCH, spec(UPGRADE));
    oneOff.discard(LAUNCH, MIGRATION);
    oneOff.close();
    shop.drop();
  }

  @Test
  void aLaunchMigratesInAContainerOfTheCandidatesImage() throws Exception {
    DatabaseSpec spec = spec(UPGRADE);
    RestorePoint point = database().backUp(LAUNCH, spec);

    Rehearsal rehearsal = rehearse(spec, point);

    assertThat(rehearsal.refusals()).isEmpty();
    assertThat(rehearsal.lines())
        .singleElement()
        .asString()
        .startsWith("ae10 expand | ")
        .contains("AccessExclusive public.orders");
    assertThat(shop.value("SELECT to_regclass('alembic_version')")).isNull();
    assertThat(database().migrate(LAUNCH, spec))
        .isEqualTo(new Migrated("none", "ae10", List.of("ae10")));
    assertThat(database().verify(LAUNCH, spec, point).findings()).isEmpty();
    assertThat(stage.exists(MIGRATION)).isFalse();
    assertThat(stage.exists("shop-production-rehearsal")).isFalse();
  }

  @Test
  void aToolThatFailsIsRefusedBeforeTheLiveDatabaseSeesIt() throws Exception {
    DatabaseSpec spec = spec("echo \"as $WORD at $DATABASE_URL\"; exit 7");

    assertThat(rehearse(spec, database().backUp(LAUNCH, spec)).refusals())
        .singleElement()
        .asString()
        .contains("never reached the copy by the address in DATABASE_URL")
        .contains("as *** at ***");
  }

  @Test
  void aDatabaseThatIsNotReachedThroughTheProxyIsNotReachedAtAll() throws Exception {
    DatabaseSpec spec =
        spec(
            "psql -X \"postgresql://shop:%s@%s:%d/%s\" -c 'DROP TABLE orders'; %s"
                .formatted(
                    PostgresCluster.PASSWORD,
                    TrialStage.GATEWAY,
                    cluster.port(),
                    shop.name,
                    UPGRADE));

    rehearse(spec, database().backUp(LAUNCH, spec));

    assertThat(shop.value("SELECT count(*) FROM orders")).isEqualTo("3");
  }

  @Test
  void aToolThatIsKilledWithItsWorkerIsRolledBackAndDoneOnce() throws Exception {
    DatabaseSpec spec = spec(UPGRADE);
    rehearse(spec, database().backUp(LAUNCH, spec));
    shop.execute("INSERT INTO brake VALUES (120, 0)");

    killWhenItSleeps(spec);
    assertThat(stage.exists(MIGRATION)).isTrue();
    shop.execute("DELETE FROM brake");

    assertThat(database().migrate(LAUNCH, spec))
        .isEqualTo(new Migrated("none", "ae10", List.of("ae10")));
    assertThat(stage.exists(MIGRATION)).isFalse();
    assertThat(events())
        .containsSequence("reconciled", "command begins", "command ended", "migrated");
  }

  @Test
  void whatTheToolHadCommittedIsRecognisedAndNotDoneAgain() throws Exception {
    DatabaseSpec spec = spec(UPGRADE);
    rehearse(spec, database().backUp(LAUNCH, spec));
    shop.execute("INSERT INTO brake VALUES (0, 120)");

    killWhenItSleeps(spec);
    assertThat(shop.value("SELECT version_num FROM alembic_version")).isEqualTo("ae10");

    assertThat(database().migrate(LAUNCH, spec))
        .isEqualTo(new Migrated("none", "ae10", List.of("ae10")));
    assertThat(stage.exists(MIGRATION)).isFalse();
    assertThat(events()).endsWith("reconciled", "migrated");
  }

  @Test
  void aRollbackEndsTheToolOfADeadWorker() throws Exception {
    DatabaseSpec spec = spec(UPGRADE);
    rehearse(spec, database().backUp(LAUNCH, spec));
    shop.execute("INSERT INTO brake VALUES (120, 0)");
    killWhenItSleeps(spec);

    assertThat(database().reconcile(LAUNCH, spec).version()).isEqualTo("none");

    assertThat(stage.exists(MIGRATION)).isFalse();
    assertThat(sleeping()).isZero();
  }

  @Test
  void withoutThePinnedImageNothingRuns() throws Exception {
    DatabaseSpec spec = spec(UPGRADE);
    RestorePoint point = database().backUp(LAUNCH, spec);
    database().proveAndKeep(LAUNCH, spec, point);
    DatabaseSpec unpinned = with(spec, spec.migration().command().in(null));

    assertThatThrownBy(() -> database().rehearse(LAUNCH, unpinned, point))
        .hasMessageContaining("has no image yet");
  }

  private void killWhenItSleeps(DatabaseSpec spec) throws Exception {
    Process worker = CommandProcess.start(shop.artifacts, spec, folder.resolve("log"));
    try {
      Waiting.until("the tool works", LIMIT, () -> !worker.isAlive() || sleeping() == 1);
      assertThat(worker.isAlive()).as(Files.readString(folder.resolve("log"))).isTrue();
    } finally {
      worker.destroyForcibly().onExit().join();
    }
  }

  private Rehearsal rehearse(DatabaseSpec spec, RestorePoint point) {
    assertThat(database().proveAndKeep(LAUNCH, spec, point).proof().differences()).isEmpty();
    return database().rehearse(LAUNCH, spec, point);
  }

  private List<String> events() throws Exception {
    Ledger ledger = Ledger.of(LaunchFolder.of(shop.artifacts, LAUNCH));
    assertThat(ledger.check()).isEmpty();
    return ledger.events();
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

  private Database database() {
    return new PostgresDatabase(
        PostgresDatabase.Settings.in(shop.artifacts), secrets, Heartbeat.none(), oneOff);
  }

  private DatabaseSpec spec(String script) {
    String id = stage.client.inspectImageCmd(TrialStage.IMAGE).exec().getId();
    MigrationCommand command =
        new MigrationCommand(
            List.of("/bin/sh", "-c", script),
            "SELECT version_num FROM alembic_version",
            "DATABASE_URL",
            "postgresql://{user}:{password}@{host}:{port}/{database}",
            Map.of("WORD", "env:WORD"),
            new MigrationCommand.Place(new Image(TrialStage.IMAGE, id), TrialStage.NETWORK));
    return with(shop.spec(), command);
  }

  private static DatabaseSpec with(DatabaseSpec spec, MigrationCommand command) {
    return new DatabaseSpec(
        spec.url(),
        spec.user(),
        spec.password(),
        "",
        spec.backupLimit(),
        Duration.ofMinutes(3),
        spec.lockLimit(),
        null,
        new MigrationSpec(
            command, Writes.ONLINE, Duration.ofMinutes(2), Duration.ofMinutes(1), List.of()),
        null,
        null);
  }
}
