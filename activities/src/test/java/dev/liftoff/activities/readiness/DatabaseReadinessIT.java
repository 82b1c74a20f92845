package dev.liftoff.activities.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Waiting;
import dev.liftoff.checklist.Subject;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items about the database, on a real server with a real replica. */
class DatabaseReadinessIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  private static ReplicatedServer server;

  @TempDir private Path folder;
  private Examining examining;

  @BeforeAll
  static void start() throws Exception {
    server = new ReplicatedServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void plan() throws Exception {
    server.onPrimary("GRANT pg_monitor TO shop");
    examining = new Examining(folder);
    database().put("url", server.url()).put("user", "shop");
    database().put("migrations", Files.createDirectory(folder.resolve("migrations")).toString());
  }

  private ObjectNode database() {
    return (ObjectNode) examining.plan.get("database");
  }

  @Test
  void aPrimaryTakesWrites() {
    assertThat(examining.of(Subject.DATABASE))
        .isEqualTo(pass("database", "PostgreSQL 15", "takes writes, is not in recovery"));
  }

  @Test
  void aReplicaInTheUrlFails() {
    database().put("url", server.replicaUrl());

    assertThat(examining.of(Subject.DATABASE).state()).isEqualTo(State.FAIL);
    assertThat(examining.of(Subject.DATABASE).value()).startsWith("is in recovery");
  }

  @Test
  void aReadOnlyDatabaseFails() throws SQLException {
    server.onPrimary("ALTER ROLE shop SET default_transaction_read_only = on");
    try {
      assertThat(examining.of(Subject.DATABASE).value()).startsWith("is read-only");
    } finally {
      server.onPrimary("ALTER ROLE shop RESET default_transaction_read_only");
    }
  }

  @Test
  void nobodyThereAWrongPasswordAndNoSecretAreNoData() {
    database().put("password", "env:WRONG");
    ProbeResult wrong = examining.of(Subject.DATABASE);
    database().put("password", "env:MISSING");
    ProbeResult missing = examining.of(Subject.DATABASE);
    database().put("url", "jdbc:postgresql://127.0.0.1:%d/shop".formatted(LocalProcess.freePort()));
    database().put("password", "env:SHOP_PASSWORD");
    ProbeResult nobody = examining.of(Subject.CONNECTIONS);

    assertThat(List.of(wrong, missing, nobody))
        .extracting(ProbeResult::state)
        .containsOnly(State.NO_DATA);
    assertThat(wrong.value()).contains("password authentication failed").doesNotContain("wr0ng");
    assertThat(missing.value()).contains("env:MISSING is not set");
    assertThat(nobody.limit()).isEqualTo("80%");
  }

  @Test
  void aServerThatNeverAnswersIsNoDataWithinTheLimit() throws Exception {
    examining.itemLimit = Duration.ofSeconds(2);
    try (var silent = new java.net.ServerSocket(0, 10, java.net.InetAddress.getLoopbackAddress())) {
      database().put("url", "jdbc:postgresql://127.0.0.1:%d/shop".formatted(silent.getLocalPort()));
      long begun = System.nanoTime();

      assertThat(examining.of(Subject.DATABASE).state()).isEqualTo(State.NO_DATA);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Waiting.BUSY);
    }
  }

  @Test
  void aReplicaThatFollowsPassesWithItsLag() {
    ProbeResult lag = examining.of(Subject.REPLICATION_LAG);

    assertThat(lag.state()).isEqualTo(State.PASS);
    assertThat(lag.value()).matches("1 replicas had what was written after \\d\\.\\d s");
    assertThat(lag.limit()).isEqualTo("less than 5s behind");
    assertThat(examining.of(Subject.REPLICAS, null, "s2").value()).isEqualTo("s2 stream");
  }

  @Test
  void aReplicaThatAppliesLateFailsAlthoughNothingElseIsWritten() throws SQLException {
    server.onReplica("ALTER SYSTEM SET recovery_min_apply_delay = '1h'");
    server.onReplica("SELECT pg_reload_conf()");
    try {
      ProbeResult late = examining.of(Subject.REPLICATION_LAG, "1s");

      assertThat(late.state()).isEqualTo(State.FAIL);
      assertThat(late.value()).matches("replica s2 is more than 1\\.\\d s behind .*");
    } finally {
      server.onReplica("ALTER SYSTEM RESET recovery_min_apply_delay");
      server.onReplica("SELECT pg_reload_conf()");
    }
  }

  @Test
  void aReplicaThatIsNotThereFailsByItsName() {
    ProbeResult absent = examining.of(Subject.REPLICAS, null, "s2", "s3");

    assertThat(absent.state()).isEqualTo(State.FAIL);
    assertThat(absent.value()).isEqualTo("s2 stream; not s3");
  }

  @Test
  void whatTheRoleMayNotSeeIsNoData() throws SQLException {
    server.onPrimary("REVOKE pg_monitor FROM shop");
    try (Connection _ = server.admin()) {
      assertThat(examining.of(Subject.REPLICATION_LAG).value()).contains("grant it pg_monitor");
      assertThat(examining.of(Subject.REPLICAS).state()).isEqualTo(State.NO_DATA);
      assertThat(examining.of(Subject.LONG_TRANSACTIONS).value())
          .contains("hidden from this role; grant it pg_read_all_stats");
    }
  }

  @Test
  void archivingPassesFailsAndPassesAgain() throws Exception {
    switchLog();
    Waiting.until("archived", SOON, () -> state(Subject.WAL_ARCHIVING) == State.PASS);
    assertThat(examining.of(Subject.WAL_ARCHIVING).value())
        .matches("[0-9A-F]{24}(\\.\\S+)? was archived \\S+ ago");

    server.archivingFails(true);
    switchLog();
    Waiting.until("failed", SOON, () -> state(Subject.WAL_ARCHIVING) == State.FAIL);
    assertThat(examining.of(Subject.WAL_ARCHIVING).value()).contains("failures in all");

    server.archivingFails(false);
    Waiting.until(
        "archived", SOON.multipliedBy(3), () -> state(Subject.WAL_ARCHIVING) == State.PASS);
  }

  @Test
  void connectionsAreCountedAgainstTheirLimit() throws SQLException {
    assertThat(examining.of(Subject.CONNECTIONS).value())
        .matches("\\d+ % of 20 connections in use");
    try (Connection _ = server.admin();
        Connection _ = server.admin();
        Connection _ = server.admin()) {
      assertThat(examining.of(Subject.CONNECTIONS, "15%").state()).isEqualTo(State.FAIL);
      assertThat(examining.of(Subject.CONNECTIONS, "60%").state()).isEqualTo(State.PASS);
    }
  }

  @Test
  void anOldTransactionFailsWithItsSessionAndAYoungOnePasses() throws Exception {
    assertThat(examining.of(Subject.LONG_TRANSACTIONS).value()).isEqualTo("no transaction is open");
    try (Connection connection = server.admin();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET application_name = 'report'");
      statement.execute("SELECT pg_sleep(0.3)");

      assertThat(examining.of(Subject.LONG_TRANSACTIONS, "200ms").state()).isEqualTo(State.FAIL);
      assertThat(examining.of(Subject.LONG_TRANSACTIONS, "200ms").value())
          .startsWith("the oldest is that of report (process ");
      assertThat(state(Subject.LONG_TRANSACTIONS)).isEqualTo(State.PASS);
    }
  }

  @Test
  void aPreparedTransactionFailsByItsName() throws SQLException {
    assertThat(state(Subject.PREPARED_TRANSACTIONS)).isEqualTo(State.PASS);
    server.onPrimary("CREATE TABLE prepared (id int)");
    try (Connection connection = server.admin();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO prepared VALUES (1)");
      statement.execute("PREPARE TRANSACTION 'order-7'");
    }

    ProbeResult prepared = examining.of(Subject.PREPARED_TRANSACTIONS);
    server.onPrimary("ROLLBACK PREPARED 'order-7'");

    assertThat(prepared.state()).isEqualTo(State.FAIL);
    assertThat(prepared.value()).startsWith("1 prepared transactions wait, 'order-7' since ");
  }

  @Test
  void anInvalidIndexFailsByItsName() throws SQLException {
    assertThat(state(Subject.INVALID_INDEXES)).isEqualTo(State.PASS);
    server.onPrimary("CREATE TABLE twice (id int)");
    server.onPrimary("INSERT INTO twice VALUES (1), (1)");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> server.onPrimary("CREATE UNIQUE INDEX CONCURRENTLY twice_id ON twice (id)")))
        .isInstanceOf(SQLException.class);

    ProbeResult invalid = examining.of(Subject.INVALID_INDEXES);
    server.onPrimary("DROP TABLE twice");

    assertThat(invalid.state()).isEqualTo(State.FAIL);
    assertThat(invalid.value()).startsWith("1 invalid: twice_id;");
  }

  @Test
  void aSequenceIsHeldAgainstWhatItsColumnCanHold() throws SQLException {
    server.onPrimary("CREATE TABLE sold (id int DEFAULT 0)");
    server.onPrimary("CREATE SEQUENCE sold_id AS bigint OWNED BY sold.id");
    server.onPrimary("ALTER TABLE sold OWNER TO shop");
    server.onPrimary("SELECT setval('sold_id', 1900000000)");

    ProbeResult sequence = examining.of(Subject.SEQUENCES);
    server.onPrimary("DROP TABLE sold");

    assertThat(sequence.value()).isEqualTo("public.sold_id has used 88.5 % of its numbers");
    assertThat(sequence.state()).isEqualTo(State.FAIL);
    assertThat(state(Subject.SEQUENCES)).isEqualTo(State.PASS);
  }

  @Test
  void aSequenceThatTheRoleMayNotReadIsNoData() throws SQLException {
    server.onPrimary("CREATE SEQUENCE hidden");
    ProbeResult hidden = examining.of(Subject.SEQUENCES);
    server.onPrimary("DROP SEQUENCE hidden");

    assertThat(hidden.state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void anInactiveSlotFailsByItsName() throws SQLException {
    assertThat(state(Subject.REPLICATION_SLOTS)).isEqualTo(State.PASS);
    server.onPrimary("SELECT pg_create_physical_replication_slot('forgotten', true)");
    ProbeResult slot = examining.of(Subject.REPLICATION_SLOTS);
    server.onPrimary("SELECT pg_drop_replication_slot('forgotten')");

    assertThat(slot.state()).isEqualTo(State.FAIL);
    assertThat(slot.value()).matches("forgotten keeps \\d+ MB of the log for nobody; .*");
  }

  @Test
  void transactionIdsChecksumsAndClockAreMeasured() {
    assertThat(examining.of(Subject.TRANSACTION_IDS).value())
        .matches("the oldest transaction id of \\w+ is 0\\.0 % of the way to a wraparound");
    assertThat(examining.of(Subject.TRANSACTION_IDS, "0%").state()).isEqualTo(State.FAIL);
    assertThat(examining.of(Subject.CHECKSUMS).value()).isEqualTo("on, no page has failed");
    assertThat(examining.of(Subject.CLOCK).state()).isEqualTo(State.PASS);
    assertThat(examining.of(Subject.CLOCK).value())
        .matches("the clock of the database is \\d+ ms (behind|ahead of) this host's, .*");
  }

  @Test
  void theToolsOfTheServersVersionAreThere() {
    assertThat(examining.of(Subject.BACKUP_TOOLS).state()).isEqualTo(State.PASS);
    assertThat(examining.of(Subject.BACKUP_TOOLS).limit())
        .isEqualTo("pg_dump and pg_restore of version 15");
  }

  @Test
  void withoutAProvenRestorePointThereIsNoData() {
    assertThat(state(Subject.RESTORE_POINT)).isEqualTo(State.NO_DATA);
  }

  @Test
  void pendingMigrationsAreNamedAndAFolderThatIsMissingFails() throws Exception {
    Path migrations = folder.resolve("migrations");
    Files.writeString(migrations.resolve("V1__orders.sql"), "CREATE TABLE orders (id int);");

    assertThat(examining.of(Subject.MIGRATIONS).value()).isEqualTo("1 pending: V1__orders.sql");
    database().put("migrations", folder.resolve("nowhere").toString());
    assertThat(state(Subject.MIGRATIONS)).isEqualTo(State.FAIL);
  }

  @Test
  void aServiceWithoutADatabaseHasNoData() {
    examining.plan.remove("database");

    assertThat(examining.of(Subject.REPLICATION_LAG))
        .extracting(ProbeResult::state, ProbeResult::value)
        .containsExactly(State.NO_DATA, DatabaseSight.NONE);
  }

  private State state(Subject subject) {
    return examining.of(subject).state();
  }

  private static void switchLog() throws SQLException {
    server.onPrimary("SELECT pg_switch_wal(), pg_current_xact_id()");
    server.onPrimary("SELECT pg_switch_wal()");
  }

  /** The same, whatever follows the version. */
  private ProbeResult pass(String check, String value, String limit) {
    ProbeResult found = examining.of(Subject.DATABASE);
    assertThat(found.value()).startsWith(value).endsWith("takes writes");
    return ProbeResult.pass(check, found.value(), limit);
  }
}
