package dev.liftoff.activities.database.pace;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.container.OneOff;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresDatabase;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.container.Slot;
import dev.liftoff.database.BackupSpec;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Proof;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.ThrottleSpec;
import dev.liftoff.database.Throttled;
import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.MetricsSpec;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottledBackupIT {
  private static final Duration LOOKS = Duration.ofMillis(5);
  private static final long MIB = 1 << 20;
  private static final double BEFORE = 0.1;
  private static final double SUFFERING = 1.0;
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;

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
    shop.execute(
        """
        CREATE TABLE large AS
        SELECT n, (SELECT string_agg(md5(n::text || m), '') FROM generate_series(1, 30) m) AS filling
        FROM generate_series(1, 30000) n
        """);
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Test
  void aServiceThatSuffersSlowsItAndOneThatRecoveredLetsItGoOn() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    int suffering = 100;
    long begun = System.nanoTime();

    RestorePoint point =
        database(
                (launch, watch) -> {
                  int look = looks.getAndIncrement();
                  boolean suffers = look > 0 && look <= suffering;
                  return new Measurement.Value(suffers ? SUFFERING : BEFORE);
                })
            .backUp(LAUNCH, spec(Duration.ofMinutes(4), MIB / 4));

    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    Throttled throttled = point.throttled();
    assertThat(throttled.before()).isEqualTo(BEFORE);
    assertThat(throttled.worst()).isEqualTo(SUFFERING);
    assertThat(throttled.slowed()).isGreaterThan(LOOKS.multipliedBy(suffering / 2));
    assertThat(throttled.looks()).isGreaterThan(suffering);
    // All of it at the floor takes two minutes.
    assertThat(taken).isLessThan(Duration.ofMinutes(1));
    assertThat(proof(point).differences()).isEmpty();
    assertThat(proof(point).proven()).isTrue();
  }

  @Test
  void withoutDataOfTheServiceItIsNotSlowedAndSaysSo() throws Exception {
    RestorePoint point =
        database((launch, watch) -> new Measurement.Missing("prometheus knows no series"))
            .backUp(LAUNCH, spec(Duration.ofMinutes(2), MIB));

    assertThat(point.throttled().sentence())
        .isEqualTo("not slowed: p95 not measured, prometheus knows no series");
    assertThat(proof(point).proven()).isTrue();
  }

  @Test
  void monitoringThatFailsDoesNotFailIt() throws Exception {
    RestorePoint point =
        database(
                (launch, watch) -> {
                  throw new IllegalStateException("no route");
                })
            .backUp(LAUNCH, spec(Duration.ofMinutes(2), MIB));

    assertThat(point.throttled().sentence()).contains("asking for it failed: no route");
  }

  @Test
  void whatDoesNotEndInTimeSaysForHowLongItWasSlowedAndASecondAttemptRemembersHowFastTheServiceWas()
      throws Exception {
    AtomicInteger looks = new AtomicInteger();
    PostgresDatabase suffering =
        database((launch, watch) ->
            new Measurement.Value(looks.getAndIncrement() == 0 ? BEFORE : SUFFERING));

    assertThatThrownBy(() -> suffering.backUp(LAUNCH, spec(Duration.ofSeconds(3), MIB / 16)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failed -> assertThat(failed.getType()).isEqualTo(FailureType.BACKUP_FAILED.name()))
        .hasMessageContaining("did not end within 3s: it was slowed for ")
        .hasMessageContaining("p95 at worst 1.000 s, 0.100 s before");

    RestorePoint second =
        database((launch, watch) -> new Measurement.Value(0.14))
            .backUp(LAUNCH, spec(Duration.ofMinutes(2), MIB));
    assertThat(second.throttled().before()).isEqualTo(BEFORE);
    assertThat(second.throttled().sentence()).startsWith("never slowed, p95 at worst 0.140 s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n, md5(n::text) AS text FROM generate_series(1, 5000) n",
        "SELECT n, json_build_object('n', n) AS odd FROM generate_series(1, 3000) n",
        "SELECT n, CASE WHEN n > 2500 THEN json_build_object('n', n) END AS late FROM generate_series(1, 3000) n",
        "SELECT n, ROW(CASE WHEN n > 2900 THEN '{}'::json END, n) AS nested FROM generate_series(1, 3000) n",
        "SELECT n, repeat(md5(n::text), 9000) AS toasted FROM generate_series(1, 40) n",
        "SELECT 1 AS one WHERE false"
      })
  void aTableThatIsAddedUpInPartsHasTheSumOfTheWhole(String rows) throws Exception {
    // A row of json in a composite cannot be a column's type without a name.
    shop.execute("CREATE TYPE pair AS (document json, number int)");
    shop.execute("CREATE TABLE parts AS " + rows.replace("n) AS nested", "n)::pair AS nested"));
    shop.execute("DELETE FROM parts WHERE ctid >= '(3,0)' AND ctid < '(5,0)'");
    AtomicInteger turns = new AtomicInteger();

    try (Connection connection = Canonical.of(cluster.shop(shop.name));
        Throttle throttle = Throttle.none(server(), "not asked for")) {
      connection.setAutoCommit(false);
      Slices slices = new Slices(throttle, 16 * 1024);

      assertThat(slices.read(connection, "public.parts"))
          .isEqualTo(TableContents.read(connection, "public.parts"));
      var _ =
          TableContents.read(connection, "public.parts", List.of("true"), turns::incrementAndGet);
    }
    assertThat(turns.get()).isPositive();
  }

  @Test
  void aServerWhoseCertificateIsCheckedIsReachedByItsName() throws Exception {
    Path certificate = encrypt();
    DatabaseSpec encrypted =
        at(
            "jdbc:postgresql://localhost:%d/%s?sslmode=verify-full&sslrootcert=%s"
                .formatted(cluster.port(), shop.name, certificate),
            Duration.ofMinutes(2),
            MIB);

    RestorePoint point =
        database((launch, watch) -> new Measurement.Value(BEFORE)).backUp(LAUNCH, encrypted);

    assertThat(point.throttled().sentence()).startsWith("never slowed, p95 ");
    assertThat(proof(point).proven()).isTrue();
  }

  /** Answers the certificate, which is for localhost only. */
  private Path encrypt() throws Exception {
    Path data = Path.of(cluster.value("postgres", "SHOW data_directory"));
    Process openssl =
        new ProcessBuilder(
                ("openssl req -new -x509 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout "
                        + data.resolve("server.key")
                        + " -out "
                        + data.resolve("server.crt"))
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor()).as(output).isZero();
    UserPrincipal owner = Files.getOwner(data);
    Files.setOwner(data.resolve("server.key"), owner);
    cluster.execute("postgres", "ALTER SYSTEM SET ssl = on");
    cluster.execute("postgres", "SELECT pg_reload_conf()");
    while (!"on".equals(cluster.value("postgres", "SHOW ssl"))) {
      Thread.sleep(20);
    }
    return Files.copy(data.resolve("server.crt"), folder.resolve("server.crt"));
  }

  private PostgresServer server() {
    return new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(10));
  }

  private PostgresDatabase database(ServiceLatency latency) {
    return new PostgresDatabase(
        PostgresDatabase.Settings.in(shop.artifacts),
        shop.secrets,
        Heartbeat.none(),
        OneOff.none(),
        latency);
  }

  private Proof proof(RestorePoint point) {
    return shop.database().prove(LAUNCH, shop.spec(), point);
  }

  private DatabaseSpec spec(Duration limit, long floor) {
    return at(shop.spec().url(), limit, floor);
  }

  private DatabaseSpec at(String url, Duration limit, long floor) {
    DatabaseSpec spec = shop.spec();
    ThrottleSpec throttle = new ThrottleSpec(ThrottleSpec.When.P95, 1.5, floor);
    return new DatabaseSpec(
            url,
            spec.user(),
            spec.password(),
            spec.migrations(),
            limit,
            spec.migrationLimit(),
            spec.lockLimit(),
            BackupSpec.DEFAULT.giving(throttle, null),
            null,
            null,
            null)
        .sparing(metrics(), Slot.BLUE);
  }

  private static MetricsSpec metrics() {
    return new MetricsSpec(
        URI.create("http://127.0.0.1:1"),
        Map.of(Metric.P95, "p95"),
        "samples",
        LOOKS,
        Duration.ofMinutes(1),
        List.of());
  }
}
