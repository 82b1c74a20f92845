package dev.liftoff.activities.database.backup;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.container.OneOff;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.container.Slot;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Proof;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.TableState;
import dev.liftoff.database.ThrottleSpec;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways to save a whole server: pg_basebackup, and a real pgBackRest with its archive. */
class PhysicalBackupIT {
  private static CopiedServer copied;
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;
  private Path open;
  private PostgresServer server;
  private PostgresDatabase database;

  @BeforeAll
  static void start() throws Exception {
    copied = new CopiedServer();
    cluster = copied.cluster;
  }

  @AfterAll
  static void stop() throws Exception {
    copied.stop();
  }

  @BeforeEach
  void open() throws Exception {
    shop = new Shop(cluster, folder);
    open = CopiedServer.openFolder("liftoff-beside");
    cluster.execute(shop.name, "GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO shop");
    shop.execute(
        "INSERT INTO orders (item) SELECT md5(n::text) FROM generate_series(1, 20000) n; CREATE UNLOGGED TABLE cache AS SELECT 1 AS one");
    server = new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));
    database =
        new PostgresDatabase(
            new PostgresDatabase.Settings(shop.artifacts, null, 2, Duration.ofSeconds(5), open),
            shop.secrets,
            Heartbeat.none());
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
    LaunchFolder.delete(open);
  }

  @Test
  void aServiceThatSuffersSlowsTheCopyOfTheServer() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    PostgresDatabase sparing =
        new PostgresDatabase(
            new PostgresDatabase.Settings(shop.artifacts, null, 2, Duration.ofSeconds(5), open),
            shop.secrets,
            Heartbeat.none(),
            OneOff.none(),
            (launch, watch) -> new Measurement.Value(looks.getAndIncrement() == 0 ? 0.1 : 1.0));
    BackupSpec backup =
        BackupSpec.DEFAULT
            .by(BackupMethod.PHYSICAL, null, null)
            .giving(new ThrottleSpec(ThrottleSpec.When.P95, 1.5, 16L << 20), null);
    MetricsSpec metrics =
        new MetricsSpec(
            URI.create("http://127.0.0.1:1"),
            Map.of(Metric.P95, "p95"),
            "samples",
            Duration.ofMillis(5),
            Duration.ofMinutes(1),
            List.of());

    RestorePoint point =
        sparing.backUp(LAUNCH, CopiedServer.with(shop.spec(), backup).sparing(metrics, Slot.GREEN));

    assertThat(point.throttled().sentence())
        .startsWith("slowed for ")
        .contains(", p95 at worst 1.000 s, 0.100 s before");
    // Half a second of it, of some 60 MB that go over the wire, at 16 MiB a second.
    assertThat(point.throttled().slowed()).isGreaterThan(Duration.ofMillis(500));
    assertThat(prove(point).proven()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"PHYSICAL", "PGBACKREST"})
  void aCopyIsProvenThoughTheServiceWrites(BackupMethod method) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> service =
        Stream.generate(() -> Thread.ofVirtual().start(() -> writeUntil(done))).limit(2).toList();

    RestorePoint point;
    Proof proof;
    try {
      point = backUp(method);
      proof = prove(point);
    } finally {
      done.set(true);
      for (Thread writer : service) {
        writer.join();
      }
    }

    assertThat(proof.differences()).isEmpty();
    assertThat(proof.level()).isEqualTo(ProofLevel.L3);
    assertThat(proof.negativeControl()).contains("changed row", "flipped byte");
    assertThat(point.method()).isEqualTo(method);
    assertThat(point.tables()).doesNotContainKey("public.cache");
    assertThat(backUp(method)).isEqualTo(point);
    assertThat(Long.parseLong(shop.value("SELECT count(*) FROM orders")))
        .isGreaterThan(point.tables().get("public.orders").rows());
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void aFileOfABaseBackupThatChangedIsFoundBeforeItIsStarted() throws Exception {
    RestorePoint point = backUp(BackupMethod.PHYSICAL);
    flip(largest(shop.backup().resolve("base/base")));

    Proof proof = prove(point);

    assertThat(proof.proven()).isFalse();
    assertThat(proof.level().isVerified()).isFalse();
    assertThat(proof.differences().getFirst()).contains("pg_verifybackup", "checksum mismatch");
  }

  @Test
  void aLogOfABaseBackupThatChangedIsFound() throws Exception {
    RestorePoint point = backUp(BackupMethod.PHYSICAL);
    flip(largest(shop.backup().resolve("base/pg_wal")));

    Proof proof = prove(point);

    assertThat(proof.level()).isEqualTo(ProofLevel.L0);
    assertThat(proof.differences().getFirst()).contains("base/pg_wal", "another checksum");
  }

  @Test
  void aFileOfARepositoryThatChangedIsFound() throws Exception {
    RestorePoint point = backUp(BackupMethod.PGBACKREST);
    Path latest = copied.repository.resolve("repo/backup/shop/latest").toRealPath();
    Path victim = largest(latest);
    byte[] whole = Files.readAllBytes(victim);
    flip(victim);

    Proof proof = prove(point);
    Files.write(victim, whole);

    assertThat(proof.proven()).isFalse();
    assertThat(proof.level().isVerified()).isFalse();
  }

  @Test
  void aCopyThatHasOtherContentThanTheManifestIsNotVerified() throws Exception {
    backUp(BackupMethod.PHYSICAL);
    shop.execute("UPDATE orders SET item = 'other' WHERE id = 1");
    TableState other;
    try (Connection connection = Canonical.of(server.open(Purpose.READ))) {
      connection.setAutoCommit(false);
      other = TableContents.read(connection, "public.orders");
    }

    Proof proof = prove(Forged.table(shop.backup(), "public.orders", other));

    assertThat(proof.proven()).isFalse();
    assertThat(proof.level()).isEqualTo(ProofLevel.L2);
    assertThat(proof.differences())
        .containsExactly("public.orders came back with 20003 rows of other content than it had");
  }

  @Test
  void theCopyNeverArchives() throws Exception {
    assertThat(prove(backUp(BackupMethod.PGBACKREST)).proven()).isTrue();

    try (Stream<Path> archived = Files.walk(copied.repository.resolve("repo/archive"))) {
      assertThat(archived.map(file -> file.getFileName().toString()))
          .isNotEmpty()
          .noneMatch(name -> name.matches("0000000[2-9].*"));
    }
  }

  @Test
  void writersWithoutAnInstantsPauseAreSaid() throws Exception {
    try (Connection connection = cluster.shop(shop.name);
        var statement = connection.createStatement()) {
      statement.execute("BEGIN; UPDATE orders SET item = 'half' WHERE id = 1");

      assertThatThrownBy(() -> QuietPoint.find(server, "never", Duration.ofMillis(300)))
          .hasMessageContaining(FailureType.BACKUP_FAILED.name())
          .hasMessageContaining("use backup method logical");
    }
  }

  @Test
  void whatACopyLacksIsSaidBeforeAnythingIsTouched() throws Exception {
    cluster.execute(
        shop.name, "REVOKE EXECUTE ON FUNCTION pg_create_restore_point(text) FROM shop");

    assertThatThrownBy(() -> database.inspect(LAUNCH, spec(BackupMethod.PHYSICAL)))
        .hasMessageContaining(FailureType.DATABASE_REFUSED.name())
        .hasMessageContaining("GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO shop");
    assertThatThrownBy(() -> backUp(BackupMethod.PHYSICAL))
        .hasMessageContaining(FailureType.BACKUP_FAILED.name())
        .hasMessageContaining("nothing of the database was changed");
    assertThat(shop.backup()).doesNotExist();
  }

  @Test
  void aDatabaseThatAutoWouldCopyAndCannotIsDumpedAndAWarningSaysSo() throws Exception {
    cluster.execute(
        shop.name, "REVOKE EXECUTE ON FUNCTION pg_create_restore_point(text) FROM shop");
    BackupSpec small = new BackupSpec(BackupMethod.AUTO, null, null, Duration.ofDays(1), 1, 0);
    DatabaseSpec spec = CopiedServer.with(shop.spec(), small);

    assertThat(database.inspect(LAUNCH, spec).warnings())
        .anySatisfy(warning ->
            assertThat(warning).contains("is dumped and not copied", "may not mark a restore"));
    assertThat(database.backUp(LAUNCH, spec).method()).isEqualTo(BackupMethod.LOGICAL);
  }

  @Test
  void autoCopiesWhatIsLargerThanThePlanSays() throws Exception {
    BackupSpec small = new BackupSpec(BackupMethod.AUTO, null, null, Duration.ofDays(1), 1, 0);

    assertThat(database.backUp(LAUNCH, CopiedServer.with(shop.spec(), small)).method())
        .isEqualTo(BackupMethod.PHYSICAL);
  }

  @Test
  void aServerWithTablespacesIsNotCopiedByABaseBackup() throws Exception {
    Path elsewhere = CopiedServer.openFolder("liftoff-tablespace");
    ServerUser.own(elsewhere);
    cluster.execute("postgres", "CREATE TABLESPACE fast LOCATION '%s'".formatted(elsewhere));
    try {
      assertThatThrownBy(() -> backUp(BackupMethod.PHYSICAL))
          .hasMessageContaining("the server has the tablespaces fast");
    } finally {
      cluster.execute("postgres", "DROP TABLESPACE fast");
      LaunchFolder.delete(elsewhere);
    }
  }

  @Test
  void aStanzaThatPgBackRestDoesNotKnowIsSaid() {
    DatabaseSpec spec =
        CopiedServer.with(
            shop.spec(),
            BackupSpec.DEFAULT.by(BackupMethod.PGBACKREST, "shoop", copied.config.toString()));

    assertThatThrownBy(() -> database.inspect(LAUNCH, spec))
        .hasMessageContaining("pgBackRest does not know the stanza shoop");
  }

  private RestorePoint backUp(BackupMethod method) {
    return database.backUp(LAUNCH, spec(method));
  }

  private Proof prove(RestorePoint point) {
    return database.prove(LAUNCH, spec(point.method()), point);
  }

  private DatabaseSpec spec(BackupMethod method) {
    return copied.spec(shop, method);
  }

  private void writeUntil(AtomicBoolean done) {
    try (Connection connection = cluster.shop(shop.name);
        var statement = connection.createStatement()) {
      while (!done.get()) {
        statement.execute("INSERT INTO orders (item) VALUES ('new')");
        Thread.sleep(1);
      }
    } catch (Exception unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private static Path largest(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .max((one, other) -> Long.compare(one.toFile().length(), other.toFile().length()))
          .orElseThrow();
    }
  }

  private static void flip(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      int was = bytes.read();
      bytes.seek(bytes.length() / 2);
      bytes.write(was ^ 1);
    }
  }
}
