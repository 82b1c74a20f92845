package dev.liftoff.activities.database.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.database.Anchor;
import dev.liftoff.database.Rescued;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinIT {
  private static final String CUSTOMERS = "SELECT id, name FROM customers";

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

  @Test
  void itHoldsWhatTheLiveDatabaseHolds() throws Exception {
    store.freeze().begin();

    Anchor anchor = store.twin().make();

    assertThat(anchor.twin()).isEqualTo(Store.TWIN);
    assertThat(anchor.tables()).isEqualTo(3);
    assertThat(anchor.rows()).isEqualTo(2250);
    assertThat(cluster.value(Store.TWIN, "SELECT sum(amount) FROM orders"))
        .isEqualTo(store.value("SELECT sum(amount) FROM orders"));
  }

  @Test
  void theServiceDoesNotGetIn() throws Exception {
    store.freeze().begin();
    var _ = store.twin().make();
    store.freeze().end();

    assertThatThrownBy(() ->
            DriverManager.getConnection(cluster.url(Store.TWIN), "clerk", PostgresCluster.PASSWORD))
        .hasMessageContaining("permission denied for database");
  }

  @Test
  void itIsMadeOnceInAFreeze() throws Exception {
    store.freeze().begin();
    Anchor first = store.twin().make();

    assertThat(store.twin().make()).isEqualTo(first);
  }

  @Test
  void oneOfAnEarlierFreezeIsMadeAnew() throws Exception {
    store.freeze().begin();
    Anchor first = store.twin().make();
    store.freeze().end();
    store.serve("INSERT INTO customers VALUES (900, 'between')");
    store.freeze().begin();

    assertThat(store.twin().make().rows()).isEqualTo(first.rows() + 1);
  }

  @Test
  void aTwinThatDiffersIsNoAnchor() throws Exception {
    store.freeze().begin();
    var _ = store.twin().make();
    cluster.execute(Store.TWIN, "UPDATE orders SET amount = amount + 0.01 WHERE id = 1000");

    assertThat(failure(store)).contains("is no copy of the live database", "public.orders");
  }

  @Test
  void withoutFrozenWritesThereIsNone() throws Exception {
    assertThat(failure(store)).contains("without frozen writes");
    assertThat(store.exists(Store.TWIN)).isFalse();
  }

  @Test
  void oneThatTakesTooLongIsRefusedBeforeItIsBegun() throws Exception {
    store.freeze().begin();

    assertThat(failure(store.freezeLimit(Duration.ofMillis(900))))
        .contains("would take about 1s", "freezeLimit of 900ms");
    assertThat(store.exists(Store.TWIN)).isFalse();
  }

  @Test
  void aDatabaseOfThatNameThatIsSomebodyElsesStays() throws Exception {
    cluster.execute("postgres", "CREATE DATABASE %s OWNER shop".formatted(Store.TWIN));
    cluster.execute("postgres", "COMMENT ON DATABASE %s IS 'mine'".formatted(Store.TWIN));
    store.freeze().begin();

    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> store.twin().make());

    assertThat(failure.getType()).isEqualTo(FailureType.DATABASE_REFUSED.name());
    assertThat(failure.getOriginalMessage()).contains("is not the twin of this launch");
    assertThat(store.exists(Store.TWIN)).isTrue();
  }

  @Test
  void itIsRemovedOnceTheLaunchIsSettled() throws Exception {
    store.launched("ALTER TABLE orders ADD COLUMN channel text");

    store.twin().discard();
    store.twin().discard();

    assertThat(store.exists(Store.TWIN)).isFalse();
    assertThat(store.exists(store.name)).isTrue();
    assertThat(store.plan().obstacles()).singleElement().asString().contains("is gone");
  }

  @Test
  void settingsThatATwinCannotHaveAreNamed() throws Exception {
    cluster.execute(
        "postgres", "ALTER ROLE clerk IN DATABASE %s SET work_mem = '8MB'".formatted(store.name));
    store.freeze().begin();

    assertThat(failure(store)).contains("role clerk has settings of its own");
  }

  @Test
  void aMigrationThatDamagedRowsIsTakenBack() throws Exception {
    String before = store.rows(CUSTOMERS);
    store.freeze().begin();
    var _ = store.twin().make();
    store.execute("UPDATE customers SET name = 'damaged ' || id; DROP TABLE visits");

    Rescued back = store.putBack().carryOut();

    assertThat(back.findings()).isEmpty();
    assertThat(store.rows(CUSTOMERS)).isEqualTo(before);
    assertThat(store.value("SELECT count(*) FROM visits")).isEqualTo("50");
    assertThat(store.clerkGetsIn()).isTrue();
    assertThat(back.kept()).isEqualTo(store.post());
    assertThat(store.rowsKept(CUSTOMERS)).contains("damaged 1");
    assertThat(store.putBack().carryOut().rescued()).isTrue();
    assertThat(store.rows(CUSTOMERS)).isEqualTo(before);
  }

  @Test
  void nothingIsTakenBackOnceTheServiceWasLetIn() throws Exception {
    store.launched("ALTER TABLE orders ADD COLUMN channel text");
    store.freeze().begin();

    Rescued back = store.putBack().carryOut();

    assertThat(back.rescued()).isFalse();
    assertThat(back.findings()).singleElement().asString().contains("the service was let in");
    assertThat(store.value("SELECT count(channel) FROM orders")).isEqualTo("0");
  }

  @Test
  void nothingIsTakenBackOverRowsWrittenBetweenTwoFreezes() throws Exception {
    store.freeze().begin();
    var _ = store.twin().make();
    store.freeze().end();
    store.serve("INSERT INTO customers VALUES (900, 'between')");
    store.freeze().begin();

    assertThat(store.putBack().carryOut().rescued()).isFalse();
    assertThat(store.value("SELECT count(*) FROM customers WHERE id = 900")).isEqualTo("1");
  }

  @Test
  void nothingIsTakenBackToATwinThatIsNotWhatItWas() throws Exception {
    store.freeze().begin();
    var _ = store.twin().make();
    store.execute("DROP TABLE visits");
    cluster.execute(Store.TWIN, "DELETE FROM orders WHERE id = 1");

    Rescued back = store.putBack().carryOut();

    assertThat(back.findings()).singleElement().asString().contains("public.orders");
    assertThat(store.clerkGetsIn()).isFalse();
    assertThat(store.exists(store.post())).isFalse();
  }

  private static String failure(Store store) {
    return catchThrowableOfType(ApplicationFailure.class, () -> store.twin().make())
        .getOriginalMessage();
  }
}
