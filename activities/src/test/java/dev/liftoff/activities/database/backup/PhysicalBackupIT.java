package dev.liftoff.activities.database.backup;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.database.Proof;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways to save a whole server: pg_basebackup, and a real pgBackRest with its archive. */
class PhysicalBackupIT {
  private static PostgresCluster cluster;
  private static Path repository;
  private static Path config;

  @TempDir Path folder;
  private Shop shop;
  private Path open;
  private PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    cluster = new PostgresCluster("archive_mode=on");
    repository = openFolder("liftoff-pgbackrest");
    config = repository.resolve("pgbackrest.conf");
    Files.writeString(
        config,
        """
        [global]
        repo1-path=%1$s/repo
        lock-path=%1$s/lock
        spool-path=%1$s/spool
        log-path=%1$s
        [shop]
        pg1-path=%2$s
        pg1-port=%3$d
        pg1-socket-path=%4$s
        pg1-user=admin
        """
            .formatted(
                repository,
                cluster.value("postgres", "SHOW data_directory"),
                cluster.port(),
                cluster.value("postgres", "SHOW unix_socket_directories")));
    ServerUser.own(repository);
    run(
        "/usr/bin/pgbackrest",
        "--config=" + config,
        "--stanza=shop",
        "--log-level-file=off",
        "stanza-create");
    cluster.execute(
        "postgres",
        "ALTER SYSTEM SET archive_command = 'pgbackrest --config=%s --stanza=shop --log-level-file=off archive-push %%p'"
            .formatted(config));
    cluster.execute("postgres", "SELECT pg_reload_conf()");
    cluster.execute("postgres", "ALTER ROLE shop REPLICATION");
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
    LaunchFolder.delete(repository);
  }

  @BeforeEach
  void open() throws Exception {
    shop = new Shop(cluster, folder);
    open = openFolder("liftoff-beside");
    cluster.execute(shop.name, "GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO shop");
    shop.execute(
        "INSERT INTO orders (item) SELECT md5(n::text) FROM generate_series(1, 20000) n; CREATE UNLOGGED TABLE cache AS SELECT 1 AS one");
    server = new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
    LaunchFolder.delete(open);
  }

  @Test
  void aBaseBackupIsProvenThoughTheServiceWrites() throws Exception {
    assertThatItIsProvenUnderWrites(backup(base()));
  }

  @Test
  void aPgBackRestIsProvenThoughTheServiceWrites() throws Exception {
    assertThatItIsProvenUnderWrites(backup(pgBackRest()));
  }

  @Test
  void aFileOfABaseBackupThatChangedIsFoundBeforeItIsStarted() throws Exception {
    PhysicalBackup backup = backup(base());
    RestorePoint point = backup.take();
    flip(largest(folder.resolve("base/base")));

    Proof proof = backup.prove(point);

    assertThat(proof.proven()).isFalse();
    assertThat(proof.level().isVerified()).isFalse();
    assertThat(proof.differences().getFirst()).contains("pg_verifybackup", "checksum mismatch");
  }

  @Test
  void aFileOfARepositoryThatChangedIsFound() throws Exception {
    PhysicalBackup backup = backup(pgBackRest());
    RestorePoint point = backup.take();
    Path latest = repository.resolve("repo/backup/shop/latest").toRealPath();
    Path victim = largest(latest);
    byte[] whole = Files.readAllBytes(victim);
    flip(victim);

    Proof proof = backup.prove(point);
    Files.write(victim, whole);

    assertThat(proof.proven()).isFalse();
    assertThat(proof.level().isVerified()).isFalse();
  }

  @Test
  void aCopyThatIsNotAtTheRestorePointIsNotVerified() throws Exception {
    PhysicalBackup backup = backup(base());
    RestorePoint point = backup.take();
    shop.execute("UPDATE orders SET item = 'other' WHERE id = 1");
    cluster.execute("postgres", "SELECT pg_create_restore_point('later')");

    Proof proof = backup.prove(Forged.snapshot(Path.of(point.folder()), "later"));

    assertThat(proof.proven()).isFalse();
    assertThat(proof.level()).isEqualTo(ProofLevel.L2);
    assertThat(proof.differences())
        .containsExactly("public.orders came back with 20003 rows of other content than it had");
  }

  @Test
  void theCopyNeverArchives() throws Exception {
    PhysicalBackup backup = backup(pgBackRest());
    RestorePoint point = backup.take();

    assertThat(backup.prove(point).proven()).isTrue();

    try (Stream<Path> archived = Files.walk(repository.resolve("repo/archive"))) {
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

  private void assertThatItIsProvenUnderWrites(PhysicalBackup backup) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> service =
        Stream.generate(() -> Thread.ofVirtual().start(() -> writeUntil(done))).limit(2).toList();

    RestorePoint point;
    Proof proof;
    try {
      point = backup.take();
      proof = backup.prove(point);
    } finally {
      done.set(true);
      for (Thread writer : service) {
        writer.join();
      }
    }

    assertThat(proof.differences()).isEmpty();
    assertThat(proof.level()).isEqualTo(ProofLevel.L3);
    assertThat(proof.negativeControl()).contains("changed row", "flipped byte");
    assertThat(point.tables()).doesNotContainKey("public.cache");
    assertThat(backup.take()).isEqualTo(point);
    assertThat(Long.parseLong(shop.value("SELECT count(*) FROM orders")))
        .isGreaterThan(point.tables().get("public.orders").rows());
    assertThat(open.resolve("copy")).doesNotExist();
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

  private BackupProvider base() throws IOException {
    return new BaseBackup(server, PostgresTools.fitting(15, null), folder.resolve("base"));
  }

  private BackupProvider pgBackRest() throws IOException {
    return new PgBackRest(
        server, PostgresTools.fitting(15, null), "/usr/bin/pgbackrest", "shop", config);
  }

  private PhysicalBackup backup(BackupProvider provider) throws IOException {
    TableSums.ContentReader reader = TableContents::read;
    return new PhysicalBackup(
        server,
        LaunchFolder.of(shop.artifacts, LAUNCH),
        provider,
        open.resolve("copy"),
        2,
        new Progress(),
        reader);
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

  private static Path openFolder(String name) throws Exception {
    Path folder = Files.createTempDirectory(name);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  private static void run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(ServerUser.command(List.of(command)));
    builder.environment().putAll(Map.of("PGPASSWORD", PostgresCluster.PASSWORD));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
