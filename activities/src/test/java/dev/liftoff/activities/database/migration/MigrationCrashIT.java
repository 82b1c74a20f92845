package dev.liftoff.activities.database.migration;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Waiting;
import dev.liftoff.activities.database.CopyRehearsal;
import dev.liftoff.activities.database.DatabaseProcess;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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

/** A process that migrates is killed at the worst moments; the next one finds the right way. */
class MigrationCrashIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;
  private String rowsBefore;

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
    shop.execute("CREATE TABLE brake (seconds int); INSERT INTO brake VALUES (0)");
    shop.execute("INSERT INTO orders (item) SELECT 'order ' || n FROM generate_series(1, 5000) n");
    rowsBefore = rows();
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Test
  void aTransactionThatWasKilledIsRolledBackAndDoneOnce() throws Exception {
    shop.migration(
        "V3__slow.sql",
        "INSERT INTO orders (item) VALUES ('migrated'); SELECT pg_sleep(seconds) FROM brake; CREATE TABLE late (id int)");
    rehearse();
    shop.execute("UPDATE brake SET seconds = 120");

    killWhen("the migration sleeps", "wait_event = 'PgSleep' AND query NOT LIKE 'COMMIT%'");
    shop.execute("UPDATE brake SET seconds = 0");

    assertThat(migrate()).containsExactly("2", "3");
    assertThat(migratedRows()).isEqualTo("1");
    assertThat(rows()).isEqualTo(rowsBefore);
    assertThat(events()).contains("reconciled").doesNotContain("marked as applied");
  }

  @Test
  void aCommitThatWasKilledIsNeitherLostNorDoneTwice() throws Exception {
    shop.execute(
        """
        CREATE FUNCTION brake() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_sleep(seconds) FROM brake; RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION brake();
        """);
    shop.migration("V3__rows.sql", "INSERT INTO orders (item) VALUES ('migrated')");
    rehearse();
    shop.execute("UPDATE brake SET seconds = 120");

    killWhen("the commit takes long", "wait_event = 'PgSleep' AND query LIKE 'COMMIT%'");
    shop.execute("UPDATE brake SET seconds = 0");

    assertThat(migrate()).containsExactly("2", "3");
    assertThat(migratedRows()).isEqualTo("1");
    assertThat(rows()).isEqualTo(rowsBefore);
  }

  @Test
  void aCommitThatTheServerFinishedForADeadProcessIsRecognised() throws Exception {
    shop.execute(
        """
        CREATE FUNCTION brake() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN SET LOCAL client_connection_check_interval = 0; PERFORM pg_sleep(seconds) FROM brake; RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION brake();
        """);
    shop.migration("V3__rows.sql", "INSERT INTO orders (item) VALUES ('migrated')");
    rehearse();
    shop.execute("UPDATE brake SET seconds = 3");

    killWhen("the commit takes long", "wait_event = 'PgSleep' AND query LIKE 'COMMIT%'");
    Waiting.until("the server has committed", LIMIT, () -> sessions("true") == 0);
    shop.execute("UPDATE brake SET seconds = 0");
    assertThat(migratedRows()).isEqualTo("1");

    assertThat(migrate()).containsExactly("2", "3");
    assertThat(migratedRows()).isEqualTo("1");
    assertThat(rows()).isEqualTo(rowsBefore);
  }

  @Test
  void halfAnIndexOfAKilledProcessIsRemovedAndMadeAgain() throws Exception {
    killWhileIndexing(
        () -> Waiting.until("the orphan is gone", LIMIT, () -> sessions("true") == 0));
    assertThat(invalid()).isEqualTo("slow_brake");

    assertThat(migrate()).containsExactly("2", "3", "4");
    assertThat(indexIsValid()).isEqualTo("t");
    assertThat(rows()).isEqualTo(rowsBefore);
    assertThat(events()).contains("half index dropped").doesNotContain("marked as applied");
  }

  @Test
  void anIndexThatTheServerFinishedForADeadProcessIsNotMadeAgain() throws Exception {
    killWhileIndexing(() -> {});
    // The server may have noticed the death of its client before it was done.
    boolean finished = invalid() == null;
    String index = shop.value("SELECT 'slow_brake'::regclass::oid");

    assertThat(migrate()).containsExactly("2", "3", "4");
    assertThat(indexIsValid()).isEqualTo("t");
    assertThat(rows()).isEqualTo(rowsBefore);
    assertThat(events()).contains(finished ? "marked as applied" : "half index dropped");
    assertThat(shop.value("SELECT 'slow_brake'::regclass::oid").equals(index)).isEqualTo(finished);
  }

  /** A writer whose transaction is open makes CREATE INDEX CONCURRENTLY wait. */
  private void killWhileIndexing(Runnable beforeTheWriterEnds) throws Exception {
    shop.migration("V3__index.sql", "CREATE INDEX CONCURRENTLY slow_brake ON brake (seconds)");
    shop.migration("V4__more.sql", "ALTER TABLE orders ADD COLUMN more text");
    rehearse();
    try (Connection writer = cluster.shop(shop.name);
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO brake VALUES (1)");
      killWhen(
          "the index waits",
          "query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'");
      beforeTheWriterEnds.run();
      writer.rollback();
    }
    Waiting.until("the orphan is gone", LIMIT, () -> sessions("true") == 0);
  }

  private String indexIsValid() {
    return value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'slow_brake'::regclass");
  }

  private void rehearse() throws Exception {
    CopyRehearsal.of(shop, shop.spec());
  }

  private void killWhen(String what, String state) throws Exception {
    Process process =
        DatabaseProcess.start(
            cluster.url(shop.name),
            shop.artifacts,
            shop.migrations,
            "migrate",
            folder.resolve("log"));
    try {
      Waiting.until(what, LIMIT, () -> sessions(state) > 0);
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private List<String> migrate() {
    return shop.database().migrate(LAUNCH, shop.spec()).applied();
  }

  private List<String> events() throws Exception {
    Ledger ledger = Ledger.of(LaunchFolder.of(shop.artifacts, LAUNCH));
    assertThat(ledger.check()).isEmpty();
    assertThat(
            Files.exists(
                LaunchFolder.of(shop.artifacts, LAUNCH).path().resolve("migration-step.json")))
        .isFalse();
    return ledger.events();
  }

  /** Of the migration's sessions. */
  private int sessions(String state) {
    return Integer.parseInt(
        value(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '%-migration' AND "
                + state));
  }

  private String invalid() {
    return value("SELECT min(indexrelid::regclass::text) FROM pg_index WHERE NOT indisvalid");
  }

  private String migratedRows() {
    return value("SELECT count(*) FROM orders WHERE item = 'migrated'");
  }

  /** Content of every row that the service wrote, in the columns that it had. */
  private String rows() {
    return value(
        "SELECT count(*) || ' ' || md5(string_agg(id || item, ',' ORDER BY id)) FROM orders WHERE item <> 'migrated'");
  }

  private String value(String sql) {
    try {
      return shop.value(sql);
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
