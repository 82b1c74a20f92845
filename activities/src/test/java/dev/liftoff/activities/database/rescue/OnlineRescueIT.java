package dev.liftoff.activities.database.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.Rescued;
import dev.liftoff.database.RowsTouched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A rescue where the service was never kept out until it is rescued. */
class OnlineRescueIT {
  private static final Map<String, RowsTouched> ONE_CUSTOMER =
      Map.of("public.customers", new RowsTouched(1, 0, 0));
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

  private void launched() throws Exception {
    store.launchedOnline(RescueIT.EXPAND, ONE_CUSTOMER, Map.of());
    RescueIT.serve(store);
  }

  /** After the twin was made: rows of each kind, and none of the same as before. */
  private void serveMore() throws Exception {
    store.serve(
        """
        INSERT INTO customers VALUES (501, 'late'), (502, 'later');
        INSERT INTO orders (customer, amount, channel) VALUES (501, 1, 'late'), (501, 2, NULL);
        UPDATE orders SET amount = amount + 1 WHERE id BETWEEN 1500 AND 1509;
        DELETE FROM orders WHERE id BETWEEN 1600 AND 1602;
        INSERT INTO visits VALUES (now(), 'late');
        """);
  }

  private void equalToTheLiveOneThatIsKept() throws Exception {
    for (String query : COMMON) {
      assertThat(Sha256.of(store.rows(query))).isEqualTo(Sha256.of(store.rowsKept(query)));
    }
  }

  @Test
  void everyRowThatTheServiceWroteIsInTheOldSchemaAfterwards() throws Exception {
    launched();
    RescuePlan plan = store.plan();
    assertThat(plan.obstacles()).isEmpty();
    serveMore();

    Rescued rescued = store.rescue(plan);

    assertThat(rescued.findings()).isEmpty();
    assertThat(rescued.rescued()).isTrue();
    assertThat(rescued.rows())
        .isEqualTo(
            Map.of(
                "public.customers", new RowsTouched(2, 0, 0),
                "public.orders", new RowsTouched(2, 10, 3),
                "public.visits", new RowsTouched(1, 0, 0)));
    equalToTheLiveOneThatIsKept();
    assertThat(store.value("SELECT to_regclass('coupons')")).isEqualTo("null");
    store.serve("INSERT INTO orders (customer, amount) VALUES (501, 3)");
    assertThat(store.value("SELECT changes FROM orders ORDER BY id DESC LIMIT 1")).isEqualTo("1");
  }

  @Test
  void thePlanCountsWhatHasNoPlaceAndWhatWasWrittenSinceTheTwinWasMade() throws Exception {
    launched();

    RescuePlan first = store.plan();
    serveMore();
    RescuePlan second = store.plan();

    assertThat(first.rows()).isEmpty();
    assertThat(first.code()).isEqualTo("0 0 0 47");
    assertThat(second.notRepresentable())
        .isEqualTo(Map.of("public.orders.channel", 41L, "public.coupons", 7L));
    assertThat(second.code()).isEqualTo("5 10 3 48");
    assertThat(second.notes())
        .satisfiesExactly(
            note -> assertThat(note).contains("2253 rows in 3 tables", "since the restore point"),
            note -> assertThat(note).contains("public.visits has no primary key", "80 now"),
            note ->
                assertThat(note)
                    .isEqualTo(
                        "1 rows of public.customers were added by the migration; they are kept"));
  }

  @Test
  void noAcknowledgedRowIsLostWhileTheServiceWritesAllTheTime() throws Exception {
    try (Writer writer = new Writer(store)) {
      writer.awaitRows(20);
      store.launchedOnline(RescueIT.EXPAND, ONE_CUSTOMER, Map.of());
      writer.awaitRows(20);
      RescuePlan plan = store.plan();
      assertThat(plan.obstacles()).isEmpty();
      writer.awaitRows(20);
      Rescued rescued = store.rescue(plan);
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
  @EnumSource(value = RescuePhase.class, mode = Mode.EXCLUDE, names = "REFUSED")
  void aWorkerKilledInAnyPhaseIsFollowedByOneThatFinishes(RescuePhase phase) throws Exception {
    launched();
    RescuePlan plan = store.plan();
    serveMore();

    assertThat(RescueInAnotherProcess.killedAt(phase, store, plan)).isEqualTo(137);

    assertThat(store.exists(store.name)).isTrue();
    Rescued rescued = store.rescue(plan);
    assertThat(rescued.findings()).isEmpty();
    assertThat(rescued.rescued()).isTrue();
    assertThat(rescued.rows().get("public.orders")).isEqualTo(new RowsTouched(2, 10, 3));
    equalToTheLiveOneThatIsKept();
    assertThat(store.clerkGetsIn()).isTrue();
    assertThat(Files.exists(store.folder().path().resolve("freeze.json"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "making ",
        "building the old schema",
        "copying",
        "building the indexes",
        "adding up"
      })
  void aTwinThatAKilledWorkerLeftHalfMadeIsMadeAnew(String step) throws Exception {
    launched();

    assertThat(PlanningInAnotherProcess.killedAt(step, store)).isEqualTo(137);

    serveMore();
    RescuePlan plan = store.plan();
    assertThat(plan.obstacles()).isEmpty();
    assertThat(store.rescue(plan).findings()).isEmpty();
    equalToTheLiveOneThatIsKept();
  }

  @Test
  void whatNoStatementCouldTakeBackIsAsItWas() throws Exception {
    store.execute(
        """
        CREATE TYPE state AS ENUM ('new', 'paid');
        ALTER TABLE orders ADD COLUMN state state NOT NULL DEFAULT 'new';
        """);
    store.launchedOnline(
        """
        ALTER TYPE state ADD VALUE 'sent';
        CREATE OR REPLACE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN NEW.changes := NEW.changes + 100; RETURN NEW; END $$;
        ALTER TABLE customers ALTER COLUMN name SET DEFAULT 'nobody';
        """,
        Map.of(),
        Map.of());
    store.serve("UPDATE orders SET state = 'paid' WHERE id = 7");

    assertThat(store.rescue(store.plan()).findings()).isEmpty();

    assertThat(store.value("SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum"))
        .isEqualTo("new,paid");
    assertThat(store.value("SELECT state || ' ' || changes FROM orders WHERE id = 7"))
        .isEqualTo("paid 101");
    store.serve("INSERT INTO orders (customer, amount) VALUES (1, 1)");
    assertThat(store.value("SELECT changes FROM orders ORDER BY id DESC LIMIT 1")).isEqualTo("1");
  }

  @Test
  void aRowThatTheOldSchemaHasNoPlaceForIsAnObstacleAndNoTwinStays() throws Exception {
    store.launchedOnline(
        "ALTER TABLE customers ALTER COLUMN name DROP NOT NULL", Map.of(), Map.of());
    store.serve("INSERT INTO customers VALUES (500, NULL)");

    RescuePlan plan = store.plan();

    assertThat(plan.obstacles())
        .singleElement()
        .asString()
        .contains("the old schema does not take a row that the service wrote", "not-null");
    assertThat(store.exists(Store.TWIN)).isFalse();
    assertThat(store.rescue(plan).rescued()).isFalse();
    assertThat(store.clerkGetsIn()).isTrue();
  }

  @Test
  void aRowThatTheOldRulesForbidIsAnObstacle() throws Exception {
    store.launchedOnline(
        "ALTER TABLE customers DROP CONSTRAINT customers_name_key", Map.of(), Map.of());
    store.serve("INSERT INTO customers VALUES (500, 'customer 1')");

    assertThat(store.plan().obstacles())
        .singleElement()
        .asString()
        .contains("the old schema does not take the live rows", "customers_name_key");
    assertThat(store.exists(Store.TWIN)).isFalse();
  }

  @Test
  void valuesThatOnlyTheRestorePointHasAreAnObstacle() throws Exception {
    store.launchedOnline(
        "UPDATE customers SET name = 'damaged ' || id",
        Map.of("public.customers", new RowsTouched(0, 200, 0)),
        Map.of("public.customers", List.of("name")));

    assertThat(store.plan().obstacles())
        .singleElement()
        .asString()
        .contains("updated 200 rows of public.customers", "other values to name", "use rollback");
    assertThat(store.exists(Store.TWIN)).isFalse();
  }

  @Test
  void rowsThatTheMigrationFilledInNewColumnsOnlyAreNone() throws Exception {
    store.launchedOnline(
        "ALTER TABLE customers ADD COLUMN upper text; UPDATE customers SET upper = upper(name);",
        Map.of("public.customers", new RowsTouched(0, 200, 0)),
        Map.of("public.customers", List.of()));

    RescuePlan plan = store.plan();

    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.notRepresentable()).isEqualTo(Map.of("public.customers.upper", 200L));
    assertThat(store.rescue(plan).rescued()).isTrue();
    equalToTheLiveOneThatIsKept();
  }

  @Test
  void updatesOfUnknownColumnsAndRemovedRowsAreObstacles() throws Exception {
    store.launchedOnline(
        "UPDATE orders SET changes = changes; DELETE FROM visits WHERE page = 'page 1'",
        Map.of(
            "public.orders", new RowsTouched(0, 2000, 0),
            "public.visits", new RowsTouched(0, 0, 1)),
        null);

    assertThat(store.plan().obstacles())
        .satisfiesExactly(
            one -> assertThat(one).contains("2000 rows of public.orders", "is not known"),
            two -> assertThat(two).contains("removed 1 rows of public.visits"));
  }

  @Test
  void tablesInWhichNoRowCanBeToldAreCopiedAgainAsAWhole() throws Exception {
    launched();
    RescuePlan plan;
    try (Connection slow = store.clerk()) {
      slow.setAutoCommit(false);
      Sql.execute(slow, "INSERT INTO visits VALUES (now(), 'begun before')");
      store.serve("INSERT INTO visits VALUES (now(), 'seen, though of a later transaction')");
      plan = store.plan();
      assertThat(plan.obstacles()).isEmpty();
      slow.commit();
    }
    store.serve(
        "UPDATE visits SET page = 'x' WHERE page = 'page 1'; DELETE FROM visits WHERE page = 'page 2'");
    cluster.execute(store.name, "VACUUM FULL orders");

    assertThat(store.rescue(plan).findings()).isEmpty();

    equalToTheLiveOneThatIsKept();
    assertThat(store.value("SELECT count(*) FROM visits WHERE page LIKE 'seen%'")).isEqualTo("1");
    assertThat(store.value("SELECT count(*) FROM visits WHERE page LIKE 'begun%'")).isEqualTo("1");
  }

  @Test
  void aTableThatWasEmptiedSinceIsEmptyInTheOldSchemaToo() throws Exception {
    launched();
    RescuePlan plan = store.plan();
    store.serve("TRUNCATE visits; INSERT INTO visits VALUES (now(), 'the only one')");

    assertThat(store.rescue(plan).findings()).isEmpty();

    assertThat(store.value("SELECT string_agg(page, ',') FROM visits")).isEqualTo("the only one");
    equalToTheLiveOneThatIsKept();
  }

  @Test
  void aRoleThatCannotBeKeptOutIsAnObstacle() throws Exception {
    launched();
    store.roles("shop");

    assertThat(store.plan().obstacles())
        .singleElement()
        .asString()
        .contains("give the service a role of its own");
  }

  @Test
  void aRightThatTheTwinWouldNotHaveIsAnObstacle() throws Exception {
    store.online().saved();
    store.execute("GRANT REFERENCES ON visits TO clerk");
    launched();

    assertThat(store.plan().obstacles())
        .containsExactly(
            "privilege public.visits for clerk was DELETE,INSERT,REFERENCES,SELECT,TRUNCATE,UPDATE before the migration and would be DELETE,INSERT,SELECT,TRUNCATE,UPDATE");
    assertThat(store.exists(Store.TWIN)).isFalse();
  }

  @Test
  void aTwinThatCannotBeProvenLeavesTheServiceWhereItWas() throws Exception {
    launched();
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
  }

  @Test
  void aTwinThatIsWrongUnderTheLiveNameIsRenamedBack() throws Exception {
    launched();
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
    assertThat(store.exists(store.post())).isFalse();
  }

  @Test
  void aTwinThatIsGoneIsMadeAnewByTheNextPlan() throws Exception {
    launched();
    RescuePlan plan = store.plan();
    cluster.execute("postgres", "DROP DATABASE " + Store.TWIN);

    assertThat(store.rescue(plan).findings()).singleElement().asString().contains("is gone");
    assertThat(store.clerkGetsIn()).isTrue();
    assertThat(store.rescue(store.plan()).rescued()).isTrue();
    equalToTheLiveOneThatIsKept();
    assertThat(store.plan().obstacles())
        .singleElement()
        .asString()
        .contains("is the live database");
  }
}
