package dev.liftoff.activities.database.migration;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.CopyRehearsal;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attempt makes of a state that an earlier one left, on a real database. */
class ReconcileIT {
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;
  private LaunchFolder launch;
  private PostgresServer server;

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
    server = new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));
    shop.migration("V3__prices.sql", "UPDATE orders SET item = upper(item)");
    shop.migration("V4__index.sql", "CREATE INDEX CONCURRENTLY orders_item ON orders (item)");
    shop.migration("V5__more.sql", "ALTER TABLE orders ADD COLUMN more text");
    shop.migration("R__names.sql", "CREATE VIEW names AS SELECT id, more FROM orders");
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Test
  void aRehearsedMigrationIsAppliedAndItsLedgerIsWhole() throws Exception {
    rehearse();

    assertThat(migrate()).containsExactly("2", "3", "4", "5", "R names");

    Ledger ledger = Ledger.of(launch);
    assertThat(ledger.check()).isEmpty();
    assertThat(ledger.events())
        .containsExactly(
            "migration begins",
            "segment begins",
            "segment applied",
            "segment begins",
            "segment applied",
            "segment begins",
            "segment applied",
            "migrated");
    assertThat(migrate()).containsExactly("2", "3", "4", "5", "R names");
  }

  @Test
  void aSchemaThatChangedSinceItsRehearsalIsRefusedBeforeTheFirstStep() throws Exception {
    rehearse();
    shop.execute("CREATE TABLE hotfix (id int)");

    assertRefused("the live schema changed after it was rehearsed");
  }

  @Test
  void aFileThatChangedSinceItsRehearsalIsRefusedBeforeTheFirstStep() throws Exception {
    rehearse();
    Files.writeString(launch.migrations().resolve("V5__more.sql"), "SELECT 1");

    assertRefused("V5__more.sql changed after it was rehearsed");
  }

  @Test
  void aFileThatWasNotRehearsedIsRefusedBeforeTheFirstStep() throws Exception {
    rehearse();
    Files.writeString(launch.migrations().resolve("V6__late.sql"), "SELECT 1");

    assertRefused("the migrations changed after they were rehearsed");
  }

  @Test
  void whatWasAppliedAndNotRecordedIsMarkedWithItsProof() throws Exception {
    rehearse();
    begin();
    shop.execute("ALTER TABLE orders ADD COLUMN notes text");

    assertThat(migrate()).containsExactly("2", "3", "4", "5", "R names");

    assertThat(Ledger.of(launch).events()).contains("marked as applied");
    assertThat(Files.readString(Ledger.of(launch).file()))
        .contains("is the rehearsed one after V2__add_notes.sql");
    assertThat(items()).isEqualTo("FIRST,SECOND,THIRD");
  }

  @Test
  void anIndexThatAnOrphanFinishedIsMarkedAndNotMadeAgain() throws Exception {
    rehearse();
    begin();
    applyTo("3");
    shop.execute("CREATE INDEX CONCURRENTLY orders_item ON orders (item)");
    String index = shop.value("SELECT 'orders_item'::regclass::oid");

    assertThat(migrate()).containsExactly("2", "3", "4", "5", "R names");

    assertThat(shop.value("SELECT 'orders_item'::regclass::oid")).isEqualTo(index);
    assertThat(Files.readString(Ledger.of(launch).file())).contains("marked as applied");
  }

  @Test
  void rowsOfACommittedTransactionAreNotChangedASecondTime() throws Exception {
    rehearse();
    begin();
    applyTo("2");
    note("V3__prices.sql", "UPDATE orders SET item = 'once ' || item", true);

    assertThat(migrate()).contains("3", "5");

    assertThat(items()).isEqualTo("once first,once second,once third");
    assertThat(Files.readString(Ledger.of(launch).file())).contains("is committed");
  }

  @Test
  void rowsOfATransactionThatWasRolledBackAreChangedNow() throws Exception {
    rehearse();
    begin();
    applyTo("2");
    note("V3__prices.sql", "UPDATE orders SET item = 'once ' || item", false);

    assertThat(migrate()).contains("3", "5");

    assertThat(items()).isEqualTo("FIRST,SECOND,THIRD");
  }

  @Test
  void whatIsRecordedAndNotAppliedIsHeldAndNothingIsTouched() throws Exception {
    rehearse();
    begin();
    applyTo("2");
    shop.execute("ALTER TABLE orders DROP COLUMN notes");

    assertHeld("the history has [V2__add_notes.sql] as applied, but the schema does not");
  }

  @Test
  void aSchemaThatNobodyRehearsedIsHeldAndNothingIsTouched() throws Exception {
    rehearse();
    begin();
    applyTo("2");
    shop.execute("ALTER TABLE orders ADD COLUMN hand text");

    assertHeld("none of the 6 that the rehearsal passed through");
  }

  private void rehearse() throws Exception {
    CopyRehearsal.of(shop, shop.spec());
  }

  /** As an attempt that was killed before its first step. */
  private void begin() throws Exception {
    var _ = MigrationStart.of(launch, server);
  }

  private void applyTo(String version) {
    Flyways flyways = new Flyways(server, launch.migrations());
    Segment.versionedOnly(flyways.configuration(Duration.ZERO))
        .group(true)
        .target(version)
        .load()
        .migrate();
  }

  /** As an attempt that was killed around its commit. */
  private void note(String script, String sql, boolean committed) throws Exception {
    LiveSchema live = LiveSchema.read(server);
    try (var connection = cluster.shop(shop.name);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      var result = statement.executeQuery("SELECT pg_current_xact_id()::text");
      result.next();
      new StepNote(
              List.of(script),
              true,
              live.fingerprint(),
              live.blemishes().invalidIndexes(),
              result.getString(1),
              List.of(script))
          .write(launch);
      if (committed) {
        connection.commit();
      } else {
        connection.rollback();
      }
    }
  }

  private List<String> migrate() {
    return shop.database().migrate(LAUNCH, shop.spec()).applied();
  }

  private void assertRefused(String sentence) throws SQLException {
    assertThatThrownBy(this::migrate)
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining(sentence)
        .hasMessageContaining("nothing is applied");
    assertThat(shop.value("SELECT max(version) FROM flyway_schema_history")).isEqualTo("1");
  }

  private void assertHeld(String sentence) throws SQLException {
    String before = everything();

    assertThatThrownBy(this::migrate)
        .hasMessageContaining(FailureType.MIGRATION_FAILED.name())
        .hasMessageContaining("is held, and nothing was touched")
        .hasMessageContaining(sentence);

    assertThat(everything()).isEqualTo(before);
  }

  private String everything() throws SQLException {
    LiveSchema live = LiveSchema.read(server);
    return live + items();
  }

  private String items() throws SQLException {
    return shop.value("SELECT string_agg(item, ',' ORDER BY id) FROM orders");
  }
}
