package dev.liftoff.activities.database.migration;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.container.Image;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Migrated;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that keeps its version in a table of its own, as Alembic does. */
class CommandRunIT {
  private static final String UPGRADE =
      """
      /usr/lib/postgresql/15/bin/psql -qX1 -v ON_ERROR_STOP=1 "$DATABASE_URL" 2>&1 <<'SQL'
      CREATE TABLE IF NOT EXISTS alembic_version (version_num text);
      ALTER TABLE orders ADD COLUMN IF NOT EXISTS notes text;
      INSERT INTO alembic_version SELECT 'ae10' WHERE NOT EXISTS (SELECT FROM alembic_version);
      SQL
      """;

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
    cluster.execute("postgres", "DROP DATABASE IF EXISTS %s_copy".formatted(shop.name));
    shop.drop();
  }

  @Test
  void theVersionIsReadBeforeAndAfterAndRepeatingAnswersTheSame() throws Exception {
    Migrated migrated = run(UPGRADE).apply();

    assertThat(migrated).isEqualTo(new Migrated("none", "ae10", List.of("ae10")));
    assertThat(run(UPGRADE).apply()).isEqualTo(migrated);
    assertThat(shop.value("SELECT count(notes) FROM orders")).isEqualTo("0");
  }

  @Test
  void aToolThatFailsIsNamedWithItsLastWordsAndWhatStands() {
    assertThatThrownBy(() -> run("echo \"no $DATABASE_URL\"; exit 3").apply())
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining("ended with code 3: no ***; the schema stands at version none")
        .hasMessageNotContaining(PostgresCluster.PASSWORD);
  }

  @Test
  void aToolThatGivesWayToTheTrafficIsRunAgain() throws Exception {
    try (Connection reader = cluster.shop(shop.name);
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT * FROM orders");
      var migration = CompletableFuture.supplyAsync(this::applied);
      dev.liftoff.activities.Waiting.until(
          "it gave way twice", Duration.ofSeconds(30), () -> ended() >= 2);
      reader.rollback();

      assertThat(migration.get(30, TimeUnit.SECONDS).versionAfter()).isEqualTo("ae10");
    }
  }

  @Test
  void itRunsOnACopyToo() throws Exception {
    String copy = copy();

    CommandRun.Change change = run(UPGRADE).rehearse(copy);

    assertThat(change.before().version()).isEqualTo("none");
    assertThat(change.after().version()).isEqualTo("ae10");
    assertThat(change.after().fingerprint()).isNotEqualTo(change.before().fingerprint());
    assertThat(shop.value("SELECT to_regclass('alembic_version')")).isNull();
  }

  @Test
  void whatWasRehearsedIsApplied() throws Exception {
    rehearse();

    assertThat(run(UPGRADE).apply().versionAfter()).isEqualTo("ae10");
  }

  @Test
  void aSchemaThatNobodyRehearsedIsHeldBeforeTheToolRuns() throws Exception {
    rehearse();
    shop.execute("CREATE TABLE hotfix (id int)");

    assertThatThrownBy(() -> run(UPGRADE).apply())
        .hasMessageContaining(
            "is held: the live schema is neither the one before nor the one after");

    assertThat(shop.value("SELECT to_regclass('alembic_version')")).isNull();
  }

  @Test
  void aToolThatDoesAnotherThingThanRehearsedIsHeldThoughItSucceeds() throws Exception {
    rehearse();

    assertThatThrownBy(() -> run("exit 0").apply())
        .hasMessageContaining("the tool succeeded, but the schema is not the rehearsed one");
  }

  private void rehearse() throws Exception {
    CommandRun.Change change = run(UPGRADE).rehearse(copy());
    Rehearsed only =
        new Rehearsed(
            change.after().version(),
            "alembic",
            "",
            MigrationClass.EXPAND,
            Duration.ZERO,
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            change.after().fingerprint(),
            true);
    Rehearsal rehearsal =
        new Rehearsal(
            change.before().fingerprint(),
            List.of(only),
            MigrationClass.EXPAND,
            List.of(),
            List.of());
    launch.write(
        launch.rehearsal(), Payloads.mapper().writeValueAsBytes(Map.of("rehearsal", rehearsal)));
  }

  private String copy() throws Exception {
    String copy = shop.name + "_copy";
    cluster.execute(
        "postgres", "CREATE DATABASE %s TEMPLATE %s OWNER shop".formatted(copy, shop.name));
    return copy;
  }

  private Migrated applied() {
    try {
      return run(UPGRADE).apply();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private long ended() {
    try {
      return Ledger.of(launch).events().stream().filter("command ended"::equals).count();
    } catch (java.io.IOException unexpected) {
      throw new java.io.UncheckedIOException(unexpected);
    }
  }

  private CommandRun run(String script) {
    DatabaseSpec spec = shop.spec();
    return new CommandRun(
        new PostgresServer(LAUNCH, spec, shop.secrets, Duration.ofSeconds(5)),
        launch,
        new HostProcess(),
        new MigrationCommand(
            List.of("sh", "-c", script),
            "SELECT version_num FROM alembic_version",
            "DATABASE_URL",
            "postgresql://{user}:{password}@{host}:{port}/{database}"),
        new CommandRun.Place(new Image("tool", "sha256:0"), "none", Map.of(), Set.of()),
        new Progress());
  }

  /** Runs it as a process of this host. */
  private static final class HostProcess implements OneOff {
    @Override
    public boolean begun(Order order) {
      return false;
    }

    @Override
    public Ended run(Order order) throws InterruptedException {
      try {
        ProcessBuilder builder = new ProcessBuilder(order.command()).redirectErrorStream(true);
        builder.environment().putAll(order.environment());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        for (String secret : order.secretVariables()) {
          said = said.replace(order.environment().get(secret), "***");
        }
        return new Ended(process.waitFor(), true, said.lines().toList());
      } catch (java.io.IOException unexpected) {
        throw new java.io.UncheckedIOException(unexpected);
      }
    }
  }
}
