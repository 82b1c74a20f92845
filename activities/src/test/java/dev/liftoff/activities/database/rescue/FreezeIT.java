package dev.liftoff.activities.database.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresCluster;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeIT {
  private static PostgresCluster cluster;

  @TempDir Path artifacts;
  private Store store;

  @BeforeAll
  static void start() throws Exception {
    cluster = Store.cluster();
    cluster.execute("postgres", "CREATE ROLE report LOGIN; CREATE ROLE \"Odd one\" LOGIN");
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
    cluster.execute("postgres", "GRANT pg_signal_backend TO shop; REVOKE shop FROM clerk");
    store.drop();
  }

  @Test
  void itEndsTheSessionsOfTheServiceAndKeepsItOut() throws Exception {
    try (Connection serving = store.clerk()) {
      assertThat(store.freeze().begin().sessionsEnded()).isEqualTo(1);

      assertThat(serving.isValid(5)).isFalse();
      assertThat(store.clerkGetsIn()).isFalse();
      store.execute("SELECT 1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT CONNECT ON DATABASE %1$s TO clerk",
        "REVOKE ALL ON DATABASE %1$s FROM PUBLIC; GRANT CONNECT ON DATABASE %1$s TO clerk; GRANT ALL ON DATABASE %1$s TO \"Odd one\" WITH GRANT OPTION",
        "GRANT CONNECT ON DATABASE %1$s TO report WITH GRANT OPTION; GRANT TEMPORARY, CONNECT ON DATABASE %1$s TO clerk; REVOKE TEMPORARY ON DATABASE %1$s FROM PUBLIC",
        "REVOKE CONNECT ON DATABASE %1$s FROM PUBLIC, shop; GRANT CONNECT ON DATABASE %1$s TO clerk, shop"
      })
  void theRightsAfterItAreThoseBeforeItByteForByte(String grants) throws Exception {
    cluster.execute("postgres", grants.formatted(store.name));
    String before = store.rights();

    store.freeze().begin();
    assertThat(store.rights()).isNotEqualTo(before);
    store.freeze().end();

    assertThat(store.rights()).isEqualTo(before);
    assertThat(store.clerkGetsIn()).isTrue();
  }

  @Test
  void whereNothingWasEverGrantedTheDefaultIsSpelledOut() throws Exception {
    assertThat(store.rights()).isEqualTo("null");

    store.freeze().begin();
    store.freeze().end();

    assertThat(store.rights())
        .isEqualTo(
            cluster.value(
                "postgres",
                "SELECT acldefault('d', datdba) FROM pg_database WHERE datname = '%s'"
                    .formatted(store.name)));
    assertThat(store.clerkGetsIn()).isTrue();
  }

  @Test
  void freezingTwiceDoesNotForgetWhatWasThere() throws Exception {
    cluster.execute("postgres", "GRANT CONNECT ON DATABASE %s TO clerk".formatted(store.name));
    String before = store.rights();

    var first = store.freeze().begin();
    assertThat(store.freeze().begin().since()).isEqualTo(first.since());
    store.freeze().end();
    store.freeze().end();

    assertThat(store.rights()).isEqualTo(before);
  }

  @Test
  void aWorkerThatDiedBetweenTheNoteAndTheRevokeLeavesNothingBehind() throws Exception {
    String before = store.rights();
    store.freeze().begin();
    byte[] note = Files.readAllBytes(store.folder().path().resolve("freeze.json"));
    store.freeze().end();
    String ended = store.rights();
    Files.write(store.folder().path().resolve("freeze.json"), note);

    store.freeze().end();

    assertThat(store.rights()).isEqualTo(ended);
    assertThat(before).isEqualTo("null");
    assertThat(store.clerkGetsIn()).isTrue();
  }

  @Test
  void aServiceThatIsASuperuserIsRefusedBeforeAnythingIsTouched() throws Exception {
    refused(store.roles("admin"), "admin is a superuser");
  }

  @Test
  void aServiceThatConnectsAsTheMigratorIsRefused() throws Exception {
    refused(store.roles("shop"), "a role of its own");
  }

  @Test
  void aServiceThatIsAMemberOfTheOwnerIsRefused() throws Exception {
    cluster.execute("postgres", "GRANT shop TO clerk");

    refused(store, "member of shop");
  }

  @Test
  void aDatabaseThatTheServiceOwnsIsRefused() throws Exception {
    cluster.execute("postgres", "ALTER DATABASE %s OWNER TO clerk".formatted(store.name));

    refused(store, "role shop does not own it", "member of clerk");
  }

  @Test
  void aRoleThatDoesNotExistIsRefused() throws Exception {
    refused(store.roles("nobody"), "nobody does not exist");
  }

  @Test
  void aPlanWithoutServiceRolesIsRefused() throws Exception {
    refused(store.roles(), "serviceRoles");
  }

  @Test
  void aRightThatTheOwnerDidNotGiveIsRefused() throws Exception {
    cluster.execute(
        "postgres",
        "GRANT CONNECT ON DATABASE %1$s TO report WITH GRANT OPTION; SET ROLE report; GRANT CONNECT ON DATABASE %1$s TO clerk"
            .formatted(store.name));

    refused(store, "CONNECT from report");
  }

  @Test
  void aPreparedTransactionIsNamedAndTheServiceIsLetInAgain() throws Exception {
    try (Connection connection = store.clerk()) {
      Sql.execute(connection, "BEGIN; DELETE FROM visits; PREPARE TRANSACTION 'open one'");
    }
    ApplicationFailure failure = failure(store);

    assertThat(failure.getType()).isEqualTo(FailureType.DATABASE_REFUSED.name());
    assertThat(failure.getOriginalMessage()).contains("open one");
    assertThat(store.clerkGetsIn()).isTrue();
    store.serve("ROLLBACK PREPARED 'open one'");
  }

  @Test
  void aMigratorThatMayNotEndSessionsIsToldWhatItNeedsAndTheServiceIsLetInAgain() throws Exception {
    cluster.execute("postgres", "REVOKE pg_signal_backend FROM shop");
    try (Connection serving = store.clerk()) {
      assertThat(failure(store).getOriginalMessage()).contains("grant it pg_signal_backend");

      assertThat(serving.isValid(5)).isTrue();
      assertThat(store.clerkGetsIn()).isTrue();
    }
  }

  @Test
  void sessionsThatDoNotEndInTimeEndTheFreeze() throws Exception {
    Duration atOnce = Duration.ofNanos(1);
    try (Connection serving = store.clerk()) {
      ApplicationFailure failure = failure(store.freezeLimit(atOnce));

      assertThat(failure.getType()).isEqualTo(FailureType.MIGRATION_FAILED.name());
      assertThat(failure.getOriginalMessage()).contains("did not end within");
      assertThat(serving).isNotNull();
      assertThat(store.clerkGetsIn()).isTrue();
    }
  }

  private static void refused(Store store, String... parts) throws SQLException {
    String before = store.rights();

    ApplicationFailure failure = failure(store);

    assertThat(failure.getType()).isEqualTo(FailureType.DATABASE_REFUSED.name());
    assertThat(failure.getOriginalMessage()).contains(parts).contains(store.name);
    assertThat(store.rights()).isEqualTo(before);
  }

  private static ApplicationFailure failure(Store store) {
    return catchThrowableOfType(ApplicationFailure.class, () -> store.freeze().begin());
  }
}
