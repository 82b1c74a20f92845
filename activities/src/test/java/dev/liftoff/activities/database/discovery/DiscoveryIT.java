package dev.liftoff.activities.database.discovery;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.Discovered;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.Writes;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryIT {
  private static final long MEGABYTE = 1024 * 1024;
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
  }

  @AfterEach
  void drop() throws Exception {
    cluster.execute("postgres", "REVOKE pg_read_all_settings, pg_read_all_stats FROM shop");
    shop.drop();
  }

  @Test
  void aDatabaseInWhichNothingStandsAgainstALaunchIsDescribed() throws Exception {
    shop.execute("CREATE TABLE log (line text); CREATE UNLOGGED TABLE cache (id int PRIMARY KEY)");

    Discovered discovered = look(shop.spec());

    assertThat(discovered.server()).startsWith("PostgreSQL 15");
    assertThat(discovered.bytes()).isGreaterThan(MEGABYTE);
    assertThat(discovered.warnings()).isEmpty();
    assertThat(discovered.facts())
        .anySatisfy(fact -> assertThat(fact).contains("1 tables have no primary key", "public.log"))
        .anySatisfy(fact -> assertThat(fact).contains("unlogged", "public.cache"))
        .anySatisfy(fact -> assertThat(fact).contains("server's disk is not visible"));
  }

  @Test
  void lookingChangesNothing() throws Exception {
    String before = shop.value("SELECT count(*) FROM pg_class");

    look(shop.spec());

    assertThat(shop.value("SELECT count(*) FROM pg_class")).isEqualTo(before);
    assertThat(shop.artifacts.resolve(LAUNCH.asFileName())).doesNotExist();
  }

  @Test
  void aDatabaseThatDoesNotExistIsAnErrorOfTheServer() {
    SQLException failure =
        catchThrowableOfType(SQLException.class, () -> look(at(cluster.url("nowhere"))));

    assertThat(failure.getSQLState()).isEqualTo("3D000");
  }

  @Test
  void preparedTransactionsAreRefused() throws Exception {
    try (Connection connection = cluster.shop(shop.name);
        var statement = connection.createStatement()) {
      statement.execute("BEGIN; DELETE FROM orders; PREPARE TRANSACTION 'left behind'");
      refused(shop.spec(), "1 prepared transactions", "left behind", "commit or roll them back");
      statement.execute("ROLLBACK PREPARED 'left behind'");
    }
  }

  @Test
  void largeObjectsAreRefused() throws Exception {
    shop.execute("SELECT lo_create(4711)");

    refused(shop.spec(), "1 large objects", "4711");
  }

  @Test
  void invalidIndexesAreRefusedAndNamed() throws Exception {
    shop.execute("CREATE INDEX broken ON orders (item)");
    cluster.execute(
        shop.name,
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.broken'::regclass");

    refused(shop.spec(), "1 indexes are invalid", "public.broken");
  }

  @Test
  void aMigrationThatFailedEarlierIsRefused() throws Exception {
    shop.execute(
        "UPDATE flyway_schema_history SET success = false WHERE script = 'V1__create_orders.sql'");

    refused(shop.spec(), "V1__create_orders.sql", "failed earlier");
  }

  @Test
  void aMissingFolderOfMigrationsIsRefused() throws Exception {
    Files.move(shop.migrations, folder.resolve("elsewhere"));

    refused(shop.spec(), shop.migrations.toString(), "does not exist");
  }

  @Test
  void toolsOfAnotherMajorVersionAreRefused() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("pg_dump", "pg_restore")) {
      Path file = Files.writeString(tools.resolve(tool), "#!/bin/sh\necho 'x (PostgreSQL) 16.1'\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    ApplicationFailure failure = refused(new Discovery(server(shop.spec()), shop.artifacts, tools));
    assertThat(failure.getOriginalMessage()).contains("major version 15", "only 16");
  }

  @Test
  void aSuperuserOfTheServiceIsRefusedWhereWritesAreFrozen() throws Exception {
    refused(frozen("admin"), "connects as admin, a superuser");
    refused(frozen("nobody_here"), "no role nobody_here");

    assertThat(look(frozen("shop")).warnings()).isEmpty();
  }

  @Test
  void aFolderWithoutRoomForTheDumpIsRefused() {
    ApplicationFailure failure =
        refused(new Discovery(server(shop.spec()), shop.artifacts, null, any -> MEGABYTE));

    assertThat(failure.getOriginalMessage())
        .contains("the dump may need", shop.artifacts.toString(), "has room for 1 MB");
  }

  @Test
  void aServerOnThisHostWithoutRoomForACopyIsRefused() throws Exception {
    cluster.execute("postgres", "GRANT pg_read_all_settings TO shop");
    String data = cluster.value("postgres", "SHOW data_directory");
    long size = look(shop.spec()).bytes();
    DiskSpace space = any -> any.toString().equals(data) ? 2 * size : Long.MAX_VALUE;

    ApplicationFailure failure =
        refused(new Discovery(server(shop.spec()), shop.artifacts, null, space));

    assertThat(failure.getOriginalMessage()).contains("scratch copy", data);
  }

  @Test
  void aTransactionThatIsOpenForLongIsAWarning() throws Exception {
    try (Connection connection = cluster.shop(shop.name);
        var statement = connection.createStatement()) {
      statement.execute("SET application_name = 'forgotten'; BEGIN; SELECT 1");
      assertThat(look(shop.spec()).warnings()).isEmpty();
      statement.execute("SELECT pg_sleep(5.1)");

      assertThat(look(shop.spec()).warnings())
          .singleElement()
          .asString()
          .contains("1 transactions are open", "forgotten");
    }
  }

  @Test
  void everyProblemIsToldAtOnce() throws Exception {
    shop.execute("SELECT lo_create(4711)");
    Files.move(shop.migrations, folder.resolve("elsewhere"));

    refused(frozen("admin"), "large objects", "does not exist", "superuser");
  }

  @Test
  void aPoolerInFrontIsRefused() throws Exception {
    try (PgBouncer pooler = PgBouncer.before(cluster, folder, "extra_float_digits")) {
      refused(
          at(pooler.url(shop.name)),
          "a connection pooler answers at",
          "127.0.0.1:" + pooler.port());
    }
  }

  @Test
  void aPoolerThatSwallowsOurSettingsIsRefusedToo() throws Exception {
    try (PgBouncer pooler = PgBouncer.before(cluster, folder, "extra_float_digits,options")) {
      refused(at(pooler.url(shop.name)), "a connection pooler answers at");
    }
  }

  private Discovered look(DatabaseSpec spec) throws Exception {
    return new Discovery(server(spec), shop.artifacts, null).look();
  }

  private PostgresServer server(DatabaseSpec spec) {
    return new PostgresServer(LAUNCH, spec, shop.secrets, Duration.ofSeconds(5));
  }

  private DatabaseSpec at(String url) {
    return shop.spec(url, "env:SHOP_PASSWORD", Duration.ofSeconds(1));
  }

  private DatabaseSpec frozen(String role) {
    DatabaseSpec spec = shop.spec();
    MigrationSpec migration =
        new MigrationSpec(
            null, Writes.FROZEN, Duration.ofMinutes(2), Duration.ofMinutes(10), List.of());
    return new DatabaseSpec(
        spec.url(),
        spec.user(),
        spec.password(),
        spec.migrations(),
        spec.backupLimit(),
        spec.migrationLimit(),
        spec.lockLimit(),
        spec.backup(),
        migration,
        List.of(role),
        List.of());
  }

  private void refused(DatabaseSpec spec, String... words) {
    assertThat(refused(new Discovery(server(spec), shop.artifacts, null)).getOriginalMessage())
        .contains(words);
  }

  private static ApplicationFailure refused(Discovery discovery) {
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> discovery.look());
    assertThat(failure.getType()).isEqualTo(FailureType.DATABASE_REFUSED.name());
    assertThat(failure.isNonRetryable()).isTrue();
    return failure;
  }
}
