package dev.liftoff.activities.database.backup;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.proof.PhysicalCopies;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.RestoredCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The port's methods in the order of a launch whose copy is a server of its own. */
class PhysicalLaunchIT {
  private static final WorkerProcess GONE =
      new WorkerProcess(WorkerProcess.here().host(), WorkerProcess.here().pid(), Instant.EPOCH);

  private static CopiedServer copied;

  @TempDir Path folder;
  private Shop shop;
  private Path scratch;
  private PhysicalCopies copies;
  private PostgresDatabase database;
  private PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    copied = new CopiedServer();
  }

  @AfterAll
  static void stop() throws Exception {
    copied.stop();
  }

  @BeforeEach
  void open() throws Exception {
    shop = new Shop(copied.cluster, folder);
    scratch = CopiedServer.openFolder("liftoff-beside");
    copied.cluster.execute(
        shop.name, "GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO shop");
    PostgresDatabase.Settings settings =
        new PostgresDatabase.Settings(shop.artifacts, null, 2, Duration.ofSeconds(5), scratch);
    copies = settings.copies();
    database = new PostgresDatabase(settings, shop.secrets, Heartbeat.none());
    server = new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));
  }

  @AfterEach
  void drop() throws Exception {
    copies.servers().discard(LAUNCH);
    shop.drop();
    LaunchFolder.delete(scratch);
  }

  @ParameterizedTest
  @EnumSource(names = {"PHYSICAL", "PGBACKREST"})
  void aLaunchRehearsesOnTheCopyAndLeavesNoneBehind(BackupMethod method) throws Exception {
    DatabaseSpec spec = copied.spec(shop, method);
    assertThat(database.inspect(LAUNCH, spec).pending()).hasSize(1);
    RestorePoint point = database.backUp(LAUNCH, spec);
    shop.execute("INSERT INTO orders (item) VALUES ('since')");
    RestoredCopy copy = database.proveAndKeep(LAUNCH, spec, point);
    assertThat(copy.proof().differences()).isEmpty();
    assertThat(database.proveAndKeep(LAUNCH, spec, point)).isEqualTo(copy);

    Rehearsal rehearsal = database.rehearse(LAUNCH, spec, point);

    assertThat(rehearsal.refusals()).isEmpty();
    assertThat(database.rehearse(LAUNCH, spec, point)).isEqualTo(rehearsal);
    assertThat(onCopy("SELECT count(notes) || ' of ' || count(*) FROM orders")).isEqualTo("0 of 3");
    assertThat(database.inspect(LAUNCH, spec).version()).isEqualTo("1");

    ProcessHandle process = process();
    database.discardScratch(LAUNCH, spec);
    database.discardScratch(LAUNCH, spec);

    assertThat(process.isAlive()).isFalse();
    assertThat(scratch).isEmptyDirectory();
    assertThat(database.migrate(LAUNCH, spec).versionAfter()).isEqualTo("2");
    assertThat(database.verify(LAUNCH, spec, point).findings()).isEmpty();
  }

  @Test
  void aServerThatWasKilledStartsAgainWithWhatWasRehearsedOnIt() throws Exception {
    rehearsed();
    ProcessHandle first = process();
    first.destroyForcibly();
    first.onExit().get();

    assertThat(onCopy("SELECT count(notes) FROM orders")).isEqualTo("0");
  }

  @Test
  void theServerOfAWorkerThatIsGoneIsStoppedAndItsFilesStay() throws Exception {
    rehearsed();
    ProcessHandle process = process();
    assertThat(copies.servers().sweep(Instant.now())).isEmpty();
    assertThat(process.isAlive()).isTrue();

    label(GONE);

    assertThat(copies.servers().sweep(Instant.now())).hasSize(1);
    assertThat(process.isAlive()).isFalse();
    assertThat(onCopy("SELECT count(notes) FROM orders")).isEqualTo("0");
  }

  @Test
  void aCopyThatNobodyCameBackForIsRemoved() throws Exception {
    rehearsed();
    label(GONE);

    var _ = copies.servers().sweep(Instant.now().plus(Duration.ofDays(2)));

    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void whatAnAttemptLeftIsRemovedAndWhatIsNotOursStays() throws Exception {
    Path foreign = Files.createDirectory(scratch.resolve("somebody.else"));
    ScratchFolder left = copies.servers().begin(LAUNCH);
    left.write(new ScratchFolder.Label(LAUNCH, Instant.now(), GONE, 0, null));

    var _ = copies.servers().sweep(Instant.now());
    copies.servers().discard(LAUNCH);

    assertThat(left.path()).doesNotExist();
    assertThat(foreign).exists();
  }

  @Test
  void aCopyThatIsGoneIsRestoredAgainForTheRehearsal() throws Exception {
    RestorePoint point = kept();
    copies.servers().discard(LAUNCH);

    assertThat(database.rehearse(LAUNCH, spec(), point).refusals()).isEmpty();
    assertThat(onCopy("SELECT count(notes) FROM orders")).isEqualTo("0");
  }

  @Test
  void aRehearsalThatDiedHalfWayIsBegunAgainOnAFreshCopy() throws Exception {
    RestorePoint point = kept();
    onCopy("CREATE TABLE half AS SELECT 1 AS one; SELECT 1");

    assertThat(database.rehearse(LAUNCH, spec(), point).refusals()).isEmpty();
    assertThat(onCopy("SELECT to_regclass('half') IS NULL")).isEqualTo("t");
  }

  @Test
  void theCopyIsNotToBeTakenForTheLiveDatabase() throws Exception {
    var _ = kept();

    PostgresServer copy = copies.reaching(server).holding(Scratch.name(LAUNCH));

    assertThat(copy).isNotSameAs(server);
    assertThat(copies.reaching(server).holding(shop.name).database()).isEqualTo(shop.name);
    try (Connection connection = copy.open(Purpose.READ);
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_database WHERE datname = '%s'".formatted(shop.name))) {
      row.next();
      assertThat(row.getInt(1)).isZero();
    }
  }

  private void rehearsed() throws Exception {
    assertThat(database.rehearse(LAUNCH, spec(), kept()).refusals()).isEmpty();
  }

  private RestorePoint kept() {
    RestorePoint point = database.backUp(LAUNCH, spec());
    assertThat(database.proveAndKeep(LAUNCH, spec(), point).proof().differences()).isEmpty();
    return point;
  }

  private DatabaseSpec spec() {
    return copied.spec(shop, BackupMethod.PHYSICAL);
  }

  private void label(WorkerProcess worker) throws Exception {
    ScratchFolder kept = copies.servers().kept(LAUNCH).orElseThrow();
    ScratchFolder.Label was = kept.label().orElseThrow();
    kept.write(new ScratchFolder.Label(LAUNCH, was.since(), worker, was.port(), was.provenFrom()));
  }

  private ProcessHandle process() throws Exception {
    return ServerProcess.of(copies.servers().kept(LAUNCH).orElseThrow()).orElseThrow();
  }

  private String onCopy(String sql) throws Exception {
    try (Connection connection = copies.reaching(server).open(Scratch.name(LAUNCH), Purpose.READ);
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (var row = statement.getResultSet()) {
        return row.next() ? row.getString(1) : "";
      }
    } catch (SQLException refused) {
      throw new AssertionError(refused);
    }
  }
}
