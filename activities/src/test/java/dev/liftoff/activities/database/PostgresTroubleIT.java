package dev.liftoff.activities.database;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.FailureType;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.RestorePoint;
import io.temporal.failure.ApplicationFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTroubleIT {
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
    cluster.execute("postgres", "ALTER ROLE shop CREATEDB");
    shop.drop();
  }

  @Test
  void aWrongPasswordNamesItsReference() {
    DatabaseSpec spec = spec(cluster.url(shop.name), "env:WRONG");

    refused(
        () -> shop.database().inspect(LAUNCH, spec), "password authentication failed", "env:WRONG");
    refused(
        () -> shop.database().backUp(LAUNCH, spec), "password authentication failed", "env:WRONG");
    refused(
        () -> shop.database().migrate(LAUNCH, spec), "password authentication failed", "env:WRONG");
  }

  @Test
  void aDatabaseThatDoesNotExistIsNamed() {
    DatabaseSpec spec = spec(cluster.url("nowhere"), "env:SHOP_PASSWORD");

    refused(() -> shop.database().inspect(LAUNCH, spec), "\"nowhere\" does not exist", "create it");
  }

  @Test
  void aDatabaseThatIsReadOnlyIsRefused() throws Exception {
    cluster.execute(
        "postgres",
        "ALTER DATABASE %s SET default_transaction_read_only = on".formatted(shop.name));

    refused(() -> shop.database().inspect(LAUNCH, shop.spec()), shop.name, "is read-only");
    refused(() -> shop.database().migrate(LAUNCH, shop.spec()), shop.name, "is read-only");
  }

  @Test
  void aUrlWithCredentialsIsRefusedWithoutRepeatingThem() {
    DatabaseSpec spec =
        spec(cluster.url(shop.name) + "?user=shop&password=h1dden-Passw0rd", "env:SHOP_PASSWORD");

    ApplicationFailure failure =
        refused(() -> shop.database().inspect(LAUNCH, spec), "holds credentials");
    assertThat(failure.getOriginalMessage()).doesNotContain("h1dden");
  }

  @Test
  void aUrlOfAnotherKindIsRefused() {
    refused(
        () -> shop.database().inspect(LAUNCH, spec("jdbc:mysql://db/shop", "env:SHOP_PASSWORD")),
        "jdbc:postgresql://host:port/name");
  }

  @Test
  void aRoleThatMayNotCreateTheScratchDatabaseIsNamed() throws Exception {
    RestorePoint point = shop.database().backUp(LAUNCH, shop.spec());
    cluster.execute("postgres", "ALTER ROLE shop NOCREATEDB");

    refused(
        () -> shop.database().prove(LAUNCH, shop.spec(), point),
        "role shop",
        "permission denied to create database");
  }

  @Test
  void aTableThatTheRoleMayNotReadIsNamed() throws Exception {
    cluster.execute(shop.name, "CREATE TABLE secret (id int)");

    refused(
        () -> shop.database().backUp(LAUNCH, shop.spec()), "permission denied for table secret");
  }

  @Test
  void rowsThatTheRoleMayNotSeeAreNotLeftOutOfTheBackup() throws Exception {
    cluster.execute(
        shop.name,
        """
        CREATE TABLE tenants (id int); INSERT INTO tenants VALUES (1), (2);
        GRANT SELECT ON tenants TO shop;
        ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
        CREATE POLICY one ON tenants USING (id = 1);
        """);

    refused(
        () -> shop.database().backUp(LAUNCH, shop.spec()),
        "row-level security policy for table \"tenants\"");
  }

  @Test
  void toolsOfAnotherMajorVersionAreRefused() throws Exception {
    Path tools = FakeTools.in(folder).folder();
    java.nio.file.Files.writeString(
        tools.resolve("pg_dump"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 14.9'\n");

    refused(
        () -> shop.database(tools, Heartbeat.none()).backUp(LAUNCH, shop.spec()),
        "major version 15",
        "only 14 in " + tools,
        "install postgresql-client-15");
  }

  @Test
  void aServerThatIsAwayIsAFaultThatIsRetried() {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                shop.database()
                    .inspect(
                        LAUNCH, spec("jdbc:postgresql://127.0.0.1:1/shop", "env:SHOP_PASSWORD")));

    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage()).contains("127.0.0.1:1");
  }

  @Test
  void aPasswordInASqlErrorIsMasked() throws Exception {
    shop.migration("V3__leak.sql", "SELECT * FROM \"%s\"".formatted(PostgresCluster.PASSWORD));

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> shop.database().migrate(LAUNCH, shop.spec()));

    assertThat(failure.getOriginalMessage()).contains("relation \"***\" does not exist");
    assertThat(stackTrace(failure)).doesNotContain(PostgresCluster.PASSWORD);
  }

  private DatabaseSpec spec(String url, String password) {
    return shop.spec(url, password, Duration.ofSeconds(1));
  }

  private static ApplicationFailure refused(Runnable step, String... words) {
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::run);
    assertThat(failure.getOriginalMessage()).contains(words);
    assertThat(failure.getOriginalMessage().lines()).hasSize(1);
    assertThat(failure.getType()).isEqualTo(FailureType.DATABASE_REFUSED.name());
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(stackTrace(failure)).doesNotContain(PostgresCluster.PASSWORD, "wr0ng-Passw0rd");
    return failure;
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
