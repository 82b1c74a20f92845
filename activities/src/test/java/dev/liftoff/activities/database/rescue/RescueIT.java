package dev.liftoff.activities.database.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RowsTouched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RescueIT {
  static final String EXPAND =
      """
      ALTER TABLE orders ADD COLUMN channel text;
      CREATE TABLE coupons (code text PRIMARY KEY, customer bigint REFERENCES customers);
      GRANT ALL ON coupons TO clerk;
      INSERT INTO customers VALUES (1000, 'added by the migration');
      """;
  private static final List<String> COMMON =
      List.of(
          "SELECT id, name FROM customers",
          "SELECT id, customer, amount, items, changes FROM orders",
          "SELECT at, page FROM visits");

  private static PostgresCluster cluster;

  @TempDir Path artifacts;
  private Store store;

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
  }

  @AfterEach
  void drop() throws Exception {
    store.drop();
  }

  /** 60 orders and 20 customers are new, two customers exchange their names, 300 orders change. */
  static void serve(Store store) throws Exception {
    store.serve(
        """
        INSERT INTO customers SELECT i, 'new ' || i FROM generate_series(301, 320) i;
        INSERT INTO orders (customer, amount, channel)
          SELECT 301 + i % 20, i, CASE WHEN i <= 40 THEN 'web' END FROM generate_series(1, 60) i;
        UPDATE orders SET amount = amount + 1 WHERE id <= 300;
        UPDATE customers SET name = 'aside' WHERE id = 1;
        UPDATE customers SET name = 'customer 1' WHERE id = 2;
        UPDATE customers SET name = 'customer 2' WHERE id = 1;
        DELETE FROM customers WHERE id = 200;
        DELETE FROM orders WHERE id BETWEEN 301 AND 400;
        INSERT INTO customers VALUES (400, 'customer 200');
        INSERT INTO coupons SELECT 'code ' || i, 1000 FROM generate_series(1, 7) i;
        INSERT INTO orders (customer, amount) VALUES (1000, 1);
        INSERT INTO visits SELECT now(), 'later ' || i FROM generate_series(1, 30) i;
        """);
  }

  @Test
  void everyRowThatTheServiceWroteIsInTheOldSchemaAfterwards() throws Exception {
    String before = store.rights();
    store.launched(EXPAND);
    serve(store);
    RescuePlan plan = store.plan();
    assertThat(plan.obstacles()).isEmpty();

    Rescued rescued = store.rescue(plan);

    assertThat(rescued.findings()).isEmpty();
    assertThat(rescued.rescued()).isTrue();
    for (String query : COMMON) {
      assertThat(Sha256.of(store.rows(query))).isEqualTo(Sha256.of(store.rowsKept(query)));
    }
    assertThat(before).isEqualTo("null");
    assertThat(store.clerkGetsIn()).isTrue();
  }

  @Test
  void thePlanCountsEachKindOfChangeAndWhatHasNoPlace() throws Exception {
    store.launched(EXPAND);
    serve(store);

    RescuePlan plan = store.plan();

    // A customer that went took its ten orders along: one had changed before, one goes twice.
    assertThat(plan.rows())
        .isEqualTo(
            Map.of(
                "public.customers", new RowsTouched(21, 2, 1),
                "public.orders", new RowsTouched(61, 299, 109),
                "public.visits", new RowsTouched(30, 0, 0)));
    assertThat(plan.notRepresentable())
        .isEqualTo(Map.of("public.orders.channel", 40L, "public.coupons", 7L));
    assertThat(plan.code()).isEqualTo("112 301 110 47");
    assertThat(plan.notes())
        .containsExactly("1 rows of public.customers were added by the migration; they are kept");
    assertThat(plan.downtime()).isPositive();
  }

  @Test
  void theOldSchemaIsBackAndGoesOnCounting() throws Exception {
    store.launched(EXPAND);
    serve(store);
    String last = store.value("SELECT max(id) FROM orders");

    store.rescue(store.plan());

    assertThat(store.value("SELECT to_regclass('coupons')")).isEqualTo("null");
    store.serve("INSERT INTO orders (customer, amount) VALUES (1, 1)");
    assertThat(Long.parseLong(store.value("SELECT max(id) FROM orders")))
        .isEqualTo(Long.parseLong(last) + 1);
    assertThat(
            store.value("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"))
        .isEqualTo("1");
    assertThat(store.value("SELECT changes FROM orders ORDER BY id DESC LIMIT 1")).isEqualTo("1");
  }

  @Test
  void whatHasNoPlaceIsInTheDatabaseThatIsKeptAndInTheDelta() throws Exception {
    store.launched(EXPAND);
    serve(store);

    Rescued rescued = store.rescue(store.plan());

    assertThat(rescued.kept()).isEqualTo(store.post());
    assertThat(store.rowsKept("SELECT code FROM coupons").lines()).hasSize(7);
    assertThat(store.rowsKept("SELECT id FROM orders WHERE channel IS NOT NULL").lines())
        .hasSize(40);
    RescueNote note = RescueNote.read(store.folder());
    assertThat(note.phase()).isEqualTo(RescuePhase.OPENED);
    for (Delta.Part part : note.files()) {
      assertThat(Sha256.of(Delta.file(store.folder(), part))).isEqualTo(part.sha256());
    }
  }

  @Test
  void settingsOfTheDatabaseComeAlong() throws Exception {
    cluster.execute(
        "postgres",
        "ALTER DATABASE %1$s SET search_path = public, \"$user\"; ALTER DATABASE %1$s CONNECTION LIMIT 30; COMMENT ON DATABASE %1$s IS 'the store''s'; GRANT CONNECT ON DATABASE %1$s TO clerk"
            .formatted(store.name));
    String settings =
        """
        SELECT s.setconfig::text || d.datconnlimit || d.datacl::text || pg_get_userbyid(d.datdba) || shobj_description(d.oid, 'pg_database')
        FROM pg_database d JOIN pg_db_role_setting s ON s.setdatabase = d.oid WHERE d.datname = current_database()
        """;
    String before = store.value(settings);
    store.launched(EXPAND);

    assertThat(store.rescue(store.plan()).rescued()).isTrue();

    assertThat(store.value(settings))
        .isEqualTo(before)
        .contains("search_path", "30", "the store's");
  }

  @Test
  void otherNumbersThanThoseOfThePlanTouchNothing() throws Exception {
    store.launched(EXPAND);
    serve(store);
    RescuePlan plan = store.plan();

    Rescued rescued =
        new Rescue(store.server(), store.folder(), store.progress).carryOut(plan, "112 301 110 46");

    assertThat(rescued.rescued()).isFalse();
    assertThat(rescued.findings())
        .singleElement()
        .asString()
        .contains("112 301 110 46", plan.code());
    assertThat(RescueNote.read(store.folder())).isNull();
    assertThat(store.exists(Store.TWIN)).isTrue();
  }

  @Test
  void rowsWrittenAfterThePlanAreTakenAlongToo() throws Exception {
    store.launched(EXPAND);
    RescuePlan plan = store.plan();
    assertThat(plan.code()).isEqualTo("0 0 0 0");
    serve(store);

    Rescued rescued = store.rescue(plan);

    assertThat(rescued.rescued()).isTrue();
    assertThat(rescued.rows().get("public.orders")).isEqualTo(new RowsTouched(61, 299, 109));
    for (String query : COMMON) {
      assertThat(store.rows(query)).isEqualTo(store.rowsKept(query));
    }
  }

  @Test
  void valuesThatTheMigrationDamagedAreWhatTheyWere() throws Exception {
    String before = store.rows("SELECT id, name FROM customers WHERE id > 5");
    store.launched("UPDATE customers SET name = 'damaged ' || id");
    store.serve("UPDATE customers SET name = 'written later ' || id WHERE id <= 5");
    RescuePlan plan = store.plan();
    assertThat(plan.notes())
        .containsExactly(
            "195 rows of public.customers were last written by the migration; they get the values from before it");

    assertThat(store.rescue(plan).findings()).isEmpty();

    assertThat(store.rows("SELECT id, name FROM customers WHERE id > 5")).isEqualTo(before);
    assertThat(store.value("SELECT count(*) FROM customers WHERE name LIKE 'written later%'"))
        .isEqualTo("5");
  }

  @Test
  void aTwinThatCannotBeProvenLeavesTheServiceWhereItWas() throws Exception {
    store.launched(EXPAND);
    serve(store);
    RescuePlan plan = store.plan();
    String live = store.rows(COMMON.getFirst());
    cluster.execute(Store.TWIN, "UPDATE customers SET name = 'flipped' WHERE id = 77");

    Rescued rescued = store.rescue(plan);

    assertThat(rescued.rescued()).isFalse();
    assertThat(rescued.findings())
        .containsExactly("table public.customers of the twin differs from the live one");
    assertThat(store.rows(COMMON.getFirst())).isEqualTo(live);
    assertThat(store.clerkGetsIn()).isTrue();
    assertThat(store.exists(store.post())).isFalse();
    assertThat(cluster.value(Store.TWIN, "SELECT count(*) FROM orders")).isEqualTo("2000");
  }

  @Test
  void aTwinThatIsWrongUnderTheLiveNameIsRenamedBack() throws Exception {
    store.launched(EXPAND);
    serve(store);
    RescuePlan plan = store.plan();
    String live = store.rows(COMMON.get(1));

    Rescued rescued =
        store.rescue(
            plan,
            phase -> {
              if (phase == RescuePhase.SWAPPED) {
                store.execute("ALTER TABLE visits DROP COLUMN page");
              }
            });

    assertThat(rescued.rescued()).isFalse();
    assertThat(store.rows(COMMON.get(1))).isEqualTo(live);
    assertThat(store.value("SELECT count(*) FROM coupons")).isEqualTo("7");
    assertThat(store.clerkGetsIn()).isTrue();
    assertThat(store.exists(Store.TWIN)).isTrue();
    assertThat(store.exists(store.post())).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = RescuePhase.class, mode = Mode.EXCLUDE, names = "REFUSED")
  void aWorkerKilledInAnyPhaseIsFollowedByOneThatFinishes(RescuePhase phase) throws Exception {
    store.launched(EXPAND);
    serve(store);
    RescuePlan plan = store.plan();

    int exit = RescueInAnotherProcess.killedAt(phase, store, plan);

    assertThat(exit).isEqualTo(137);
    assertThat(store.exists(store.name)).isTrue();
    Rescued rescued = store.rescue(plan);
    assertThat(rescued.findings()).isEmpty();
    assertThat(rescued.rescued()).isTrue();
    assertThat(rescued.rows()).isEqualTo(plan.rows());
    for (String query : COMMON) {
      assertThat(store.rows(query)).isEqualTo(store.rowsKept(query));
    }
    assertThat(store.clerkGetsIn()).isTrue();
    assertThat(Files.exists(store.folder().path().resolve("freeze.json"))).isFalse();
  }

  @Test
  void noAcknowledgedRowIsLostWhileTheServiceWritesAllTheTime() throws Exception {
    store.launched(EXPAND);
    try (Writer writer = new Writer(store)) {
      writer.awaitRows(50);
      Rescued rescued = store.rescue(store.plan());
      assertThat(rescued.findings()).isEmpty();
      writer.awaitRows(50);
      List<Long> acknowledged = writer.stop();

      assertThat(acknowledged).hasSizeGreaterThan(100);
      assertThat(
              store
                  .value(
                      "SELECT string_agg(amount::bigint::text, ',' ORDER BY amount) FROM orders WHERE amount >= 1000000")
                  .split(","))
          .contains(acknowledged.stream().map(String::valueOf).toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE visits SET page = 'x' WHERE page = 'page 1' | no primary key",
        "DELETE FROM visits WHERE page = 'page 1' | no primary key",
        "TRUNCATE visits | public.visits was rewritten or emptied",
        "SELECT lo_create(0) | 1 large objects",
      })
  void whatCannotBeTakenAlongIsAnObstacle(String sql, String obstacle) throws Exception {
    store.launched(EXPAND);
    store.serve(sql);

    RescuePlan plan = store.plan();

    assertThat(plan.obstacles()).anySatisfy(each -> assertThat(each).contains(obstacle));
    assertThat(store.rescue(plan).rescued()).isFalse();
    assertThat(store.exists(store.post())).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE orders DROP COLUMN items | lacks the column items",
        "DROP TABLE visits | public.visits is not in the live database",
        "CREATE RULE quiet AS ON DELETE TO visits DO INSTEAD NOTHING | public.visits has rules",
      })
  void aMigrationThatTookSomethingAwayIsAnObstacle(String migration, String obstacle)
      throws Exception {
    store.launched(migration);

    assertThat(store.plan().obstacles()).anySatisfy(each -> assertThat(each).contains(obstacle));
  }

  @Test
  void rowsThatTheMigrationRemovedAreAnObstacleAndStayInTheTwin() throws Exception {
    store.launched("DELETE FROM orders WHERE id <= 3; INSERT INTO customers VALUES (1000, 'more')");
    store.serve("DELETE FROM orders WHERE id = 4");

    RescuePlan plan = store.plan();

    assertThat(plan.obstacles())
        .singleElement()
        .asString()
        .contains("the migration removed 3 rows of public.orders");
    assertThat(store.rescue(plan).rescued()).isFalse();
    assertThat(cluster.value(Store.TWIN, "SELECT count(*) FROM orders")).isEqualTo("2000");
  }

  @Test
  void aPreparedTransactionIsAnObstacle() throws Exception {
    store.launched(EXPAND);
    try (var clerk = store.clerk()) {
      Sql.execute(clerk, "BEGIN; DELETE FROM visits; PREPARE TRANSACTION 'half done'");
    }

    assertThat(store.plan().obstacles()).anySatisfy(each -> assertThat(each).contains("half done"));
    store.serve("ROLLBACK PREPARED 'half done'");
  }

  @Test
  void aTableThatWasRewrittenIsAnObstacle() throws Exception {
    store.launched(EXPAND);
    cluster.execute(store.name, "VACUUM FULL orders");

    assertThat(store.plan().obstacles())
        .singleElement()
        .asString()
        .contains("public.orders was rewritten");
  }

  @Test
  void aRowThatTheOldSchemaForbidsIsRefusedWithTheServiceWhereItWas() throws Exception {
    store.launched("ALTER TABLE customers ALTER COLUMN name DROP NOT NULL");
    store.serve("INSERT INTO customers VALUES (500, NULL)");

    Rescued rescued = store.rescue(store.plan());

    assertThat(rescued.findings())
        .singleElement()
        .asString()
        .contains("the old schema does not take a row", "not-null");
    assertThat(store.clerkGetsIn()).isTrue();
    assertThat(store.value("SELECT count(*) FROM customers WHERE name IS NULL")).isEqualTo("1");
  }

  @Test
  void withoutFrozenWritesThereIsNothingToRescueFrom() throws Exception {
    assertThat(store.plan().obstacles()).singleElement().asString().contains("frozen writes");
  }
}
