package dev.liftoff.activities.database.backup;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Waiting;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.FakeTools;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.database.Proof;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.TableState;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBackupIT {
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;
  private List<ProcessHandle> children = List.of();

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
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Test
  void aServiceThatGoesOnWritingDoesNotSpoilTheProof() throws Exception {
    shop.execute("INSERT INTO orders (item) SELECT 'item ' || n FROM generate_series(1, 20000) n");
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> service =
        Stream.generate(() -> Thread.ofVirtual().start(() -> writeUntil(done))).limit(4).toList();

    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    TableState live = liveOrders();
    Proof proof = shop.database().prove(LAUNCH, shop.spec(), point);
    done.set(true);
    for (Thread writer : service) {
      writer.join();
    }

    assertThat(proof.differences()).isEmpty();
    assertThat(proof.proven()).isTrue();
    assertThat(live).isNotEqualTo(point.tables().get("public.orders"));
    assertThat(liveOrders()).isNotEqualTo(live);
  }

  @Test
  void everyKindOfTableComesBack() throws Exception {
    shop.execute(ODD_SCHEMA);

    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    Proof proof = shop.database().prove(LAUNCH, shop.spec(), point);

    assertThat(proof.differences()).isEmpty();
    assertThat(proof.proven()).isTrue();
    assertThat(point.tables())
        .containsKeys("\"Odd \"\"Schema\".\"Tablé 名前\"", "public.empty", "public.parted_24")
        .doesNotContainKeys("public.parted", "public.v", "public.mv");
    assertThat(point.tables().get("public.empty").rows()).isZero();
    assertThat(point.tables().get("public.nocolumns").rows()).isEqualTo(2);
  }

  @Test
  void aChangedDigitIsFoundThoughTheCountIsRightAndTheRestoreSucceeds() throws Exception {
    shop.execute("CREATE TABLE balance (amount numeric); INSERT INTO balance VALUES (4711.25)");
    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());

    RestorePoint forged = forge(point, "4711.25", "4711.26");
    Proof proof = shop.database().prove(LAUNCH, shop.spec(), forged);

    assertThat(proof.proven()).isFalse();
    assertThat(proof.differences())
        .containsExactly("public.balance came back with 1 rows of other content than it had");
  }

  @Test
  void aManifestThatWasChangedIsNotProven() throws Exception {
    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    Path manifest = shop.backup().resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest) + " ");

    assertThat(shop.database().prove(LAUNCH, shop.spec(), point).differences())
        .singleElement()
        .asString()
        .contains("manifest");
  }

  @Test
  void aRestorePointThatWasDamagedIsNotAnsweredAgain() throws Exception {
    shop.database().backUp(LAUNCH, shop.spec());
    Files.delete(shop.backup().resolve("dump/toc.dat"));

    assertThatThrownBy(() -> shop.database().backUp(LAUNCH, shop.spec()))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("dump/toc.dat of the restore point is missing")
        .hasMessageContaining(FailureType.BACKUP_FAILED.name());
  }

  @Test
  void aComparisonThatNoticesNothingIsRefused() throws Exception {
    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    PostgresDatabase blind =
        new PostgresDatabase(
            PostgresDatabase.Settings.in(shop.artifacts),
            shop.secrets,
            Heartbeat.none(),
            (connection, table) -> point.tables().get(table));

    assertThatThrownBy(() -> blind.prove(LAUNCH, shop.spec(), point))
        .hasMessageContaining(FailureType.BACKUP_FAILED.name())
        .hasMessageContaining("did not notice");
    assertThat(scratchDatabases()).isEqualTo("0");
  }

  @Test
  void aRowThatWasChangedOnPurposeIsNoticedWhateverItsType() throws Exception {
    shop.execute(
        "CREATE TABLE odd_values (n numeric, f float8, t timestamptz); INSERT INTO odd_values VALUES ('NaN', 'Infinity', 'infinity')");
    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());

    assertThat(shop.database().prove(LAUNCH, shop.spec(), point).proven()).isTrue();
  }

  @Test
  void aDumpThatIsKilledIsAFaultAndItsPartIsThrownAway() throws Exception {
    Path tools = FakeTools.in(folder).replacing("pg_dump", "\"$REAL\" \"$@\"; kill -9 $$").folder();

    assertThatThrownBy(() -> shop.database(tools, Heartbeat.none()).backUp(LAUNCH, shop.spec()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable()).isFalse());
    assertThat(backupFolders()).isEmpty();

    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    assertThat(shop.database().prove(LAUNCH, shop.spec(), point).proven()).isTrue();
  }

  @Test
  void whatAnAttemptLeftWhoseWorkerDiedIsEndedAndThrownAway() throws Exception {
    Path left = Files.createDirectories(shop.backup().resolveSibling("backup.partial-0badf00d"));
    Files.writeString(left.resolve("1234.dat.gz"), "half");
    PostgresServer server =
        new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));

    try (Connection orphan = server.open(Purpose.BACKUP)) {
      shop.database().backUp(LAUNCH, shop.spec());

      assertThatThrownBy(() -> orphan.createStatement().execute("SELECT 1"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(backupFolders()).containsExactly("backup");
  }

  @Test
  void aCancelledBackupLeavesNoProcessAndNoPart() throws Exception {
    Path tools = FakeTools.in(folder).replacing("pg_dump", "sleep 1000 & sleep 1000").folder();

    assertThatThrownBy(
            () -> shop.database(tools, cancelledOnceRunning("sleep")).backUp(LAUNCH, shop.spec()))
        .isInstanceOf(ActivityCanceledException.class);

    assertThatChildrenEnded();
    assertThat(backupFolders()).isEmpty();
  }

  @Test
  void aCancelledProofLeavesNoProcessAndNoScratchDatabase() throws Exception {
    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    Path tools = FakeTools.in(folder).replacing("pg_restore", "sleep 1000 & sleep 1000").folder();

    assertThatThrownBy(() ->
            shop.database(tools, cancelledOnceRunning("sleep")).prove(LAUNCH, shop.spec(), point))
        .isInstanceOf(ActivityCanceledException.class);

    assertThatChildrenEnded();
    assertThat(scratchDatabases()).isEqualTo("0");
  }

  @Test
  void aRestoreThatFailsIsAVerdictAndLeavesNoScratchDatabase() throws Exception {
    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    Path tools =
        FakeTools.in(folder)
            .replacing(
                "pg_restore", "echo 'pg_restore: error: could not execute query' >&2; exit 1")
            .folder();

    Proof proof = shop.database(tools, Heartbeat.none()).prove(LAUNCH, shop.spec(), point);

    assertThat(proof.differences()).containsExactly("pg_restore: could not execute query");
    assertThat(scratchDatabases()).isEqualTo("0");
  }

  @Test
  void aDatabaseOfSomebodyElseIsNotDroppedThoughItHasTheName() throws Exception {
    String name = Scratch.name(LAUNCH);
    cluster.execute("postgres", "CREATE DATABASE " + name + " OWNER shop");
    cluster.execute("postgres", "COMMENT ON DATABASE " + name + " IS 'mine'");

    assertThatThrownBy(() -> shop.database().discardScratch(LAUNCH, shop.spec()))
        .hasMessageContaining("is not the scratch database of this launch");
    assertThat(scratchDatabases()).isEqualTo("1");
  }

  @Test
  void thePasswordReachesTheToolsByTheirEnvironmentOnly() throws Exception {
    Path seen = folder.resolve("seen");
    Path tools =
        FakeTools.in(folder)
            .replacing(
                "pg_dump",
                "echo \"$@\" > %s.args; env > %s.env; exec \"$REAL\" \"$@\"".formatted(seen, seen))
            .folder();

    shop.database(tools, Heartbeat.none()).backUp(LAUNCH, shop.spec());

    assertThat(Files.readString(Path.of(seen + ".args"))).doesNotContain(PostgresCluster.PASSWORD);
    assertThat(Files.readAllLines(Path.of(seen + ".env")))
        .contains("PGPASSWORD=" + PostgresCluster.PASSWORD)
        .allMatch(line -> line.matches("(PG\\w+|PATH|HOME|LC_ALL|PWD|OLDPWD|SHLVL|_)=.*"));
  }

  @Test
  void noFileOfTheLaunchHoldsThePassword() throws Exception {
    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    shop.database().prove(LAUNCH, shop.spec(), point);
    shop.database().migrate(LAUNCH, shop.spec());

    try (Stream<Path> files = Files.walk(shop.artifacts)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain(PostgresCluster.PASSWORD);
      }
    }
  }

  @Test
  void onlyTheWorkersUserMayReadARestorePoint() throws Exception {
    shop.database().backUp(LAUNCH, shop.spec());

    assertThat(Files.getPosixFilePermissions(shop.backup().getParent())).hasSize(3);
  }

  private TableState liveOrders() throws SQLException {
    try (Connection connection = Canonical.of(cluster.shop(shop.name))) {
      connection.setAutoCommit(false);
      return TableContents.read(connection, "public.orders");
    }
  }

  private void writeUntil(AtomicBoolean done) {
    try (Connection connection = cluster.shop(shop.name);
        var statement = connection.createStatement()) {
      while (!done.get()) {
        statement.execute(
            "INSERT INTO orders (item) VALUES ('new'); UPDATE orders SET item = item || '.' WHERE id = (random() * 20000)::int; DELETE FROM orders WHERE id = (random() * 20000)::int");
      }
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private RestorePoint forge(RestorePoint point, String was, String is) throws Exception {
    Path backup = Path.of(point.folder());
    try (Stream<Path> files = Files.list(backup.resolve("dump"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".dat.gz")).toList()) {
        replace(file, was, is);
      }
    }
    return Forged.checksums(backup);
  }

  private static void replace(Path file, String was, String is) throws IOException {
    String text;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.replace(was, is).getBytes(StandardCharsets.UTF_8));
    }
    Files.write(file, bytes.toByteArray());
  }

  private Heartbeat cancelledOnceRunning(String program) {
    return details -> {
      children =
          ProcessHandle.current()
              .descendants()
              .filter(child -> child.info().command().orElse("").endsWith("/" + program))
              .toList();
      if (!children.isEmpty()) {
        throw new ActivityCanceledException();
      }
    };
  }

  /** Also those that lost their parent. */
  private void assertThatChildrenEnded() {
    assertThat(children).isNotEmpty();
    for (ProcessHandle child : children) {
      assertThat(child.onExit()).succeedsWithin(Waiting.BUSY);
    }
  }

  private List<String> backupFolders() throws IOException {
    try (Stream<Path> entries = Files.list(shop.backup().getParent())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("backup"))
          .toList();
    }
  }

  private static String scratchDatabases() throws SQLException {
    return cluster.value(
        "postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'liftoff\\_scratch%'");
  }

  private static final String ODD_SCHEMA =
      """
      CREATE SCHEMA "Odd ""Schema";
      CREATE TYPE mood AS ENUM ('happy', 'sad');
      CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
      CREATE TABLE kinds (id bigserial PRIMARY KEY, status varchar(10) CHECK (status IN ('a', 'b')), m mood, e email,
        n numeric, f float8, ts timestamptz, span interval, b bytea, doc json, jb jsonb, list text[],
        big text, twice bigint GENERATED ALWAYS AS (id * 2) STORED);
      INSERT INTO kinds (status, m, e, n, f, ts, span, b, doc, jb, list, big)
        SELECT 'a', 'sad', 'x@y', 'NaN', '-Infinity', now(), '1 day 2 h', '\\xdeadbeef', '{"a": 1}', '{"a": 1}',
               ARRAY['x', NULL, '"'], repeat('Größe ', 100000)
        FROM generate_series(1, 3);
      INSERT INTO kinds (n) VALUES (NULL);
      CREATE TABLE "Odd ""Schema"."Tablé 名前" (liftoff_row int, "T" text);
      INSERT INTO "Odd ""Schema"."Tablé 名前" VALUES (1, E'tab\\there\\nand \\\\'), (1, E'tab\\there\\nand \\\\'), (NULL, NULL);
      CREATE TABLE empty (a int);
      CREATE TABLE nocolumns ();
      INSERT INTO nocolumns DEFAULT VALUES;
      INSERT INTO nocolumns DEFAULT VALUES;
      CREATE TABLE parted (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE TABLE parted_24 PARTITION OF parted FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      INSERT INTO parted VALUES (1, '2024-05-05');
      CREATE TABLE parent (id int PRIMARY KEY);
      CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent NOT NULL);
      INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1, 1);
      CREATE SEQUENCE down INCREMENT -1; SELECT nextval('down'), nextval('down'); CREATE SEQUENCE unused;
      CREATE VIEW v AS SELECT id, status FROM kinds WHERE status IN ('a', 'b') AND n > 1.5;
      CREATE MATERIALIZED VIEW mv AS SELECT count(*) FROM kinds;
      CREATE INDEX ON kinds (status) WHERE status IN ('a', 'b');
      CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'begin return old; end';
      CREATE TRIGGER keep BEFORE UPDATE ON kinds FOR EACH ROW EXECUTE FUNCTION keep();
      CREATE STATISTICS st ON status, m FROM kinds;
      CREATE TYPE place AS (m mood, n int);
      CREATE TABLE moods (m mood, many mood[], place place, owner regclass, e email);
      INSERT INTO moods VALUES ('sad', '{happy,sad}', '(sad,1)', 'kinds', 'x@y');
      """;
}
