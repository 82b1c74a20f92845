package dev.liftoff.activities.database.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.Payloads;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.rehearsal.SavedRehearsal;
import dev.liftoff.activities.database.rescue.Store;
import dev.liftoff.database.BusinessCheck;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.RowsTouched;
import dev.liftoff.database.Writes;
import java.nio.file.Path;
import java.sql.Connection;
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

class AfterMigrationIT {
  private static final String APPLIED =
      "INSERT INTO flyway_schema_history VALUES (2, '2', 'more', 'SQL', 'V2__more.sql', true);";
  private static final String ADD_COLUMN = "ALTER TABLE orders ADD COLUMN channel text;";
  private static final Map<String, RowsTouched> NO_ROWS = Map.of();

  private static PostgresCluster cluster;

  @TempDir Path artifacts;
  private Store store;
  private Manifest before;

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
    store = Store.create(cluster, artifacts);
    store.execute(
        """
        CREATE TABLE flyway_schema_history
          (installed_rank int, version text, description text, type text, script text, success boolean);
        INSERT INTO flyway_schema_history VALUES (1, '1', 'first', 'SQL', 'V1__first.sql', true)
        """);
    RestorePoint point =
        new PostgresDatabase(
                PostgresDatabase.Settings.in(artifacts),
                new Secrets(Map.of("SHOP_PASSWORD", PostgresCluster.PASSWORD)),
                Heartbeat.none())
            .backUp(Store.LAUNCH, store.server().spec());
    before = Manifest.read(Path.of(point.folder()));
  }

  @AfterEach
  void drop() throws Exception {
    store.drop();
  }

  @Test
  void aMigrationThatDidWhatWasRehearsedIsIntact() throws Exception {
    rehearsed(ADD_COLUMN, NO_ROWS);
    noted();

    store.execute(ADD_COLUMN + APPLIED);
    store.serve("INSERT INTO orders (customer, amount) VALUES (1, 1)");

    assertThat(findings()).isEmpty();
  }

  @Test
  void anotherSchemaThanTheRehearsedOneIsFound() throws Exception {
    rehearsed(ADD_COLUMN, NO_ROWS);

    store.execute(ADD_COLUMN + "CREATE INDEX extra ON orders (amount);" + APPLIED);

    assertThat(findings())
        .containsExactly("the schema is not the one that the rehearsal ended with");
  }

  @Test
  void aVersionThatIsMissingInTheHistoryIsFound() throws Exception {
    rehearsed(ADD_COLUMN, NO_ROWS);

    store.execute(ADD_COLUMN);

    assertThat(findings())
        .containsExactly(
            "the schema is at version 1, and 2 was rehearsed",
            "V2__more.sql is not in the history as applied");
  }

  @Test
  void aNewForeignKeyThatRowsBreakIsFound() throws Exception {
    store.execute(
        "ALTER TABLE visits ADD COLUMN customer bigint DEFAULT 7777; ALTER TABLE visits ADD CONSTRAINT who FOREIGN KEY (customer) REFERENCES customers NOT VALID");

    assertThat(findings())
        .containsExactly(
            "the new constraint public.visits.who is not validated",
            "50 rows break the new constraint public.visits.who");
  }

  @Test
  void aNewSequenceBehindItsColumnIsFound() throws Exception {
    store.execute("CREATE TABLE notes (id bigserial PRIMARY KEY); INSERT INTO notes VALUES (41)");

    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith("sequence public.notes_id_seq is at 0 and public.notes.id has 41");
  }

  @Test
  void aServiceThatGivesItsNumbersItselfIsNotBlamedForItsSequence() throws Exception {
    store.execute("INSERT INTO orders OVERRIDING SYSTEM VALUE VALUES (90000, 1, 1)");

    assertThat(findings()).isEmpty();
  }

  @Test
  void aRightThatWasNotRehearsedIsFound() throws Exception {
    noted();

    store.execute("REVOKE INSERT ON orders FROM clerk; GRANT SELECT ON visits TO PUBLIC");

    assertThat(findings())
        .containsExactly(
            "privilege public.orders for clerk was DELETE,INSERT,SELECT,TRUNCATE,UPDATE and is DELETE,SELECT,TRUNCATE,UPDATE",
            "privilege public.visits for public was nothing and is SELECT");
  }

  @Test
  void aRightThatWasRehearsedAndRightsOnWhatIsNewAreExpected() throws Exception {
    String sql =
        "GRANT SELECT ON visits TO PUBLIC; CREATE TABLE notes (id int); GRANT ALL ON notes TO clerk;";
    rehearsed(sql, NO_ROWS, "changed privilege public.visits for public from nothing to SELECT");
    noted();

    store.execute(sql + APPLIED);

    assertThat(findings()).isEmpty();
  }

  @Test
  void aBusinessCheckThatNoLongerHoldsIsFound() throws Exception {
    store.checks(
        new BusinessCheck("no debt", "SELECT min(amount) >= 0 FROM orders", false),
        new BusinessCheck("turnover", "SELECT sum(amount) FROM orders", true));
    noted();

    store.execute("UPDATE orders SET amount = amount - 1");

    assertThat(findings())
        .containsExactly(
            "the business check no debt does not hold: it answers f",
            "the business check turnover answered 20010.00 before the migration and answers 18010.00 now");
  }

  @Test
  void aBusinessCheckThatFailsBeforeTheMigrationStopsIt() throws Exception {
    store.checks(
        new BusinessCheck("impossible", "SELECT false", false),
        new BusinessCheck("broken", "SELECT brake()", false),
        new BusinessCheck("table", "SELECT id FROM orders", true),
        new BusinessCheck("writes", "DELETE FROM visits RETURNING 1", true));

    assertThat(BeforeMigration.note(store.server(), store.folder()))
        .containsExactly(
            "the business check impossible does not hold: it answers f",
            "the business check broken cannot be answered: function brake() does not exist",
            "the business check table does not answer one row with one column",
            "the business check writes cannot be answered: cannot execute DELETE in a read-only transaction");
    assertThat(store.value("SELECT count(*) FROM visits")).isEqualTo("50");
  }

  @Test
  void oneValueThatTheRehearsalDidNotTouchIsFoundWhereWritesAreFrozen() throws Exception {
    frozen(ADD_COLUMN, NO_ROWS);

    store.execute(ADD_COLUMN + "UPDATE customers SET name = 'x' WHERE id = 3;" + APPLIED);

    assertThat(findings())
        .containsExactly(
            "the rehearsal did not touch the rows of public.customers, but they are not what they were");
  }

  @Test
  void theSameValueIsNotBlamedOnTheMigrationWhereTheServiceWrites() throws Exception {
    rehearsed(ADD_COLUMN, NO_ROWS);

    store.execute(ADD_COLUMN + APPLIED);
    store.serve("UPDATE customers SET name = 'x' WHERE id = 3");

    assertThat(findings()).isEmpty();
  }

  @Test
  void rowsThatTheRehearsalTouchedMayDifferAndNoOthers() throws Exception {
    String sql = "UPDATE customers SET name = upper(name) WHERE id <= 20;";
    frozen(sql, Map.of("public.customers", new RowsTouched(0, 20, 0)));
    store.execute(sql + APPLIED);
    assertThat(findings()).isEmpty();

    store.execute("UPDATE customers SET name = 'one more' WHERE id = 21");

    assertThat(findings())
        .containsExactly("21 rows changed in public.customers, at most 20 could by the rehearsal");
  }

  @Test
  void aLostRowThatAnotherOneMakesUpForIsFound() throws Exception {
    String sql = "INSERT INTO customers VALUES (1001, 'new');";
    frozen(sql, Map.of("public.customers", new RowsTouched(1, 0, 0)));

    store.execute(
        sql
            + "DELETE FROM customers WHERE id = 5; INSERT INTO customers VALUES (1002, 'for it'); DELETE FROM orders WHERE customer = 5;"
            + APPLIED);

    assertThat(findings())
        .containsExactlyInAnyOrder(
            "2 rows came to public.customers, at most 1 could by the rehearsal",
            "1 rows are gone from public.customers, at most 0 could by the rehearsal",
            "the rehearsal did not touch the rows of public.orders, but they are not what they were");
  }

  @Test
  void rowsWrittenSinceTheRestorePointMayHaveBeenMigratedToo() throws Exception {
    String sql = "UPDATE customers SET name = upper(name);";
    store.serve("INSERT INTO customers VALUES (1001, 'after the backup')");
    frozen(sql, Map.of("public.customers", new RowsTouched(0, 200, 0)));

    store.execute(sql + APPLIED);

    assertThat(findings()).isEmpty();
  }

  @Test
  void aColumnThatTheRehearsalLeftAloneMustBeWhatItWasInEveryRow() throws Exception {
    frozen(
        "UPDATE orders SET amount = amount + 1 WHERE id <= 100;",
        Map.of("public.orders", new RowsTouched(0, 100, 0)),
        Map.of("public.orders", List.of("amount", "changes")));

    store.execute(
        "UPDATE orders SET amount = amount + 1 WHERE id <= 100; UPDATE orders SET items = '{}' WHERE id IN (7, 8);"
            + APPLIED);

    assertThat(findings())
        .containsExactly(
            "2 rows of public.orders have other values in items, which the rehearsal left as they were");
  }

  @Test
  void columnsThatTheRehearsalChangedMayHaveChanged() throws Exception {
    frozen(
        "UPDATE orders SET amount = amount + 1 WHERE id <= 100;",
        Map.of("public.orders", new RowsTouched(0, 100, 0)),
        Map.of("public.orders", List.of("amount", "changes")));

    store.execute("UPDATE orders SET amount = amount + 1 WHERE id <= 100;" + APPLIED);

    assertThat(findings()).isEmpty();
  }

  private List<String> findings() throws Exception {
    return new AfterMigration(store.server(), store.folder(), store.progress).findings(before);
  }

  private void noted() throws Exception {
    assertThat(BeforeMigration.note(store.server(), store.folder())).isEmpty();
  }

  private void frozen(String sql, Map<String, RowsTouched> rows) throws Exception {
    frozen(sql, rows, Map.of());
  }

  private void frozen(
      String sql, Map<String, RowsTouched> rows, Map<String, List<String>> changedColumns)
      throws Exception {
    rehearsed(sql, rows, changedColumns);
    store.freeze().begin();
    var _ = store.twin().make();
  }

  /** As if this had been rehearsed: its end is read in a transaction that is rolled back. */
  private void rehearsed(String sql, Map<String, RowsTouched> rows, String... changes)
      throws Exception {
    rehearsed(sql, rows, Map.of(), changes);
  }

  private void rehearsed(
      String sql,
      Map<String, RowsTouched> rows,
      Map<String, List<String>> changedColumns,
      String... changes)
      throws Exception {
    try (Connection connection = cluster.shop(store.name);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      String end = Catalog.read(Canonical.of(connection)).restoredFingerprint();
      connection.rollback();
      Rehearsed migration =
          new Rehearsed(
              "2",
              "V2__more.sql",
              "",
              MigrationClass.EXPAND,
              Duration.ZERO,
              List.of(),
              List.of(),
              rows,
              List.of(changes),
              end,
              true);
      SavedRehearsal saved =
          new SavedRehearsal(
              Map.of(),
              List.of(),
              Writes.FROZEN,
              new Rehearsal(
                  "",
                  List.of(migration),
                  MigrationClass.EXPAND,
                  List.of(),
                  List.of(),
                  changedColumns));
      store.folder().write(store.folder().rehearsal(), Payloads.mapper().writeValueAsBytes(saved));
    }
  }
}
