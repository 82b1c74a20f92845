package dev.liftoff.activities.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresCheckIT {
  @TempDir private static Path folder;
  private static PostgresPair postgres;
  private static Probing probing;

  @BeforeAll
  static void start() throws Exception {
    // The server runs as another user, who must reach its folder.
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    postgres = new PostgresPair(folder);
    probing = Probing.with(PostgresPair.PASSWORD);
    postgres.onPrimary("create role plain login password '" + PostgresPair.PASSWORD + "'");
  }

  @AfterAll
  static void stop() {
    probing.close();
    postgres.close();
  }

  @Test
  void aPrimaryWithAReplicaThatFollowsPasses() {
    assertThat(result(check(postgres.primary(), "admin")))
        .satisfies(result -> {
          assertThat(result.state()).isEqualTo(State.PASS);
          assertThat(result.value())
              .matches("writable, \\d+ % of 20 connections in use, 1 replicas follow in \\d+ ms");
        });
  }

  @Test
  void theCheckLeavesNothingBehind() throws Exception {
    result(check(postgres.primary(), "admin"));

    try (Connection connection =
            DriverManager.getConnection(postgres.primary(), "admin", PostgresPair.PASSWORD);
        var rows =
            connection
                .createStatement()
                .executeQuery("select count(*) from pg_class where relname = 'liftoff_probe'")) {
      rows.next();
      assertThat(rows.getInt(1)).isZero();
    }
  }

  @Test
  void aReplicaIsNotWritable() {
    assertThat(result(check(postgres.replica(), "admin")))
        .satisfies(result -> {
          assertThat(result.state()).isEqualTo(State.FAIL);
          assertThat(result.value()).contains("in recovery: this is a replica");
        });
  }

  @Test
  void aReplicaThatStandsStillFailsEvenWhenItsReportedLagIsSmall() throws Exception {
    postgres.onReplica("select pg_wal_replay_pause()");
    try {
      assertThat(result(check(postgres.primary(), "admin")))
          .satisfies(result -> {
            assertThat(result.state()).isEqualTo(State.FAIL);
            assertThat(result.value()).contains("more than 1 s behind: walreceiver");
          });
    } finally {
      postgres.onReplica("select pg_wal_replay_resume()");
    }
  }

  @Test
  void aReadOnlyDatabaseFails() throws Exception {
    postgres.onPrimary("create database frozen");
    postgres.onPrimary("alter database frozen set default_transaction_read_only = on");

    ProbeResult result = result(check(postgres.primary().replace("/postgres", "/frozen"), "admin"));

    assertThat(result.state()).isEqualTo(State.FAIL);
    assertThat(result.value()).isEqualTo("read-only");
  }

  @Test
  void tooManyConnectionsFail() throws Exception {
    List<Connection> busy = new ArrayList<>();
    try {
      for (int count = 0; count < 10; count++) {
        busy.add(DriverManager.getConnection(postgres.primary(), "admin", PostgresPair.PASSWORD));
      }
      assertThat(result(check(postgres.primary(), "admin")).value())
          .matches("[5-9]\\d % of 20 connections in use");
      for (int count = 10; count < 20; count++) {
        busy.add(DriverManager.getConnection(postgres.primary(), "admin", PostgresPair.PASSWORD));
      }
      assertThat(result(check(postgres.primary(), "admin")).state()).isEqualTo(State.FAIL);
    } catch (SQLException full) {
      assertThat(result(check(postgres.primary(), "admin")).state()).isEqualTo(State.FAIL);
    } finally {
      for (Connection connection : busy) {
        connection.close();
      }
    }
  }

  @Test
  void aRoleThatMayNotSeeTheLagIsNoDataWithTheFix() {
    assertThat(result(check(postgres.primary(), "plain")))
        .satisfies(result -> {
          assertThat(result.state()).isEqualTo(State.NO_DATA);
          assertThat(result.value()).endsWith("grant pg_monitor to plain");
        });
  }

  @Test
  void aWrongPasswordIsNoDataAndNotShown() {
    try (Probing wrong = Probing.with("hunter2-wrong")) {
      ProbeResult result = wrong.result(check(postgres.primary(), "admin"));

      assertThat(result.state()).isEqualTo(State.NO_DATA);
      assertThat(result.value()).contains("authentication failed").doesNotContain("hunter2");
    }
  }

  @Test
  void aMissingSecretIsNoDataByItsReference() {
    Check check =
        new Check.Postgres(
            "database",
            postgres.primary(),
            "admin",
            new SecretReference("env:NOT_THERE"),
            50,
            Duration.ofSeconds(1));

    assertThat(result(check).state()).isEqualTo(State.NO_DATA);
    assertThat(result(check).value()).contains("env:NOT_THERE is not set");
  }

  @Test
  void nobodyThereIsNoData() {
    String url = "jdbc:postgresql://127.0.0.1:" + LocalProcess.freePort() + "/postgres";

    assertThat(result(check(url, "admin")).state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void anotherDatabaseProductIsASentence() {
    assertThat(result(check("jdbc:mysql://x/y", "admin")).value())
        .isEqualTo("the url must start with jdbc:postgresql:");
  }

  private static ProbeResult result(Check check) {
    return probing.result(check);
  }

  private static Check check(String url, String user) {
    return new Check.Postgres("database", url, user, Probing.PASSWORD, 50, Duration.ofSeconds(1));
  }
}
