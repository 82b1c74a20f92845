package dev.liftoff.activities.database.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.Waiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalRunIT {
  private static final String DROP = "V2__drop.sql";
  private static PostgresCluster cluster;
  private static Enclosure enclosure;

  @TempDir static Path folder;

  private Enclosure.Pair pair;

  @BeforeAll
  static void start() throws Exception {
    cluster = new PostgresCluster();
    enclosure = new Enclosure(cluster, folder);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  @BeforeEach
  void open() throws Exception {
    pair = enclosure.own("", Map.of());
  }

  @AfterEach
  void drop() throws Exception {
    enclosure.drop(pair);
  }

  @Test
  void nothingPendingPasses() throws Exception {
    Rehearsal rehearsal = rehearse();

    assertThat(rehearsal.passed()).isTrue();
    assertThat(rehearsal.migrations()).isEmpty();
    assertThat(rehearsal.worst()).isEqualTo(MigrationClass.EXPAND);
  }

  @Test
  void repeatingAnswersTheSameWithoutACopy() throws Exception {
    migration("V2__note.sql", "ALTER TABLE orders ADD COLUMN channel text");
    Rehearsal first = rehearse();
    enclosure.drop(pair.copy());

    assertThat(rehearse()).isEqualTo(first);

    enclosure.clone(pair.live(), pair.copy());
  }

  @Test
  void theColumnsThatHaveOtherValuesAreKnownByTable() throws Exception {
    migration("V2__channel.sql", "ALTER TABLE orders ADD COLUMN channel text");
    migration("V3__fill.sql", "UPDATE orders SET channel = 'web' WHERE id < 4");
    migration("V4__name.sql", "UPDATE customers SET name = 'other' WHERE id = 1");

    Rehearsal rehearsal = rehearse();

    assertThat(rehearsal.changedColumns())
        .isEqualTo(Map.of("public.orders", List.of(), "public.customers", List.of("name")));
  }

  @Test
  void theSavedAnswerHasEveryFileAndAFingerprintAfterEach() throws Exception {
    migration("V2__channel.sql", "ALTER TABLE orders ADD COLUMN channel text");
    migration("V3__fill.sql", "UPDATE orders SET channel = 'web' WHERE id < 4");
    migration("R__names.sql", "CREATE OR REPLACE VIEW names AS SELECT name FROM customers");
    Rehearsal rehearsal = rehearse();

    SavedRehearsal saved = SavedRehearsal.read(pair.launch()).orElseThrow();
    assertThat(saved.rehearsal()).isEqualTo(rehearsal);
    assertThat(saved.files()).hasSize(4);
    List<Rehearsed> steps = rehearsal.migrations();
    assertThat(steps)
        .extracting(Rehearsed::script)
        .containsExactly("V2__channel.sql", "V3__fill.sql", "R__names.sql");
    assertThat(steps.get(1).sha256()).isEqualTo(sha256("V3__fill.sql"));
    assertThat(steps.get(0).fingerprint()).isNotEqualTo(rehearsal.fingerprint());
    assertThat(steps.get(1).fingerprint()).isEqualTo(steps.get(0).fingerprint());
    assertThat(steps.get(2).fingerprint()).isNotEqualTo(steps.get(1).fingerprint());
    assertThat(steps.get(2).version()).isEqualTo("R");
  }

  @Test
  void theLiveDatabaseIsLeftAsItWas() throws Exception {
    migration(DROP, "DELETE FROM settings WHERE true; ALTER TABLE orders DROP COLUMN note");
    rehearse();

    assertThat(live("SELECT count(*) FROM settings")).isEqualTo("3");
    assertThat(live("SELECT count(note) FROM orders")).isEqualTo("0");
    assertThat(live("SELECT count(*) FROM flyway_schema_history")).isEqualTo("1");
  }

  @Test
  void anotherTextNeedsAFreshCopy() throws Exception {
    migration("V2__fill.sql", "UPDATE settings SET value = 'red' WHERE key = 'colour'");
    rehearse();
    migration("V2__fill.sql", "UPDATE settings SET value = 'green' WHERE key = 'colour'");

    assertThatThrownBy(this::rehearse)
        .isInstanceOf(StaleCopy.class)
        .hasMessageContaining("another history of migrations");

    copyAgain();
    assertThat(rehearse().passed()).isTrue();
  }

  @Test
  void aCopyThatIsGoneIsAskedForAgain() throws Exception {
    enclosure.drop(pair.copy());

    assertThatThrownBy(this::rehearse)
        .isInstanceOf(StaleCopy.class)
        .hasMessageContaining("does not exist");

    enclosure.clone(pair.live(), pair.copy());
    assertThat(rehearse().passed()).isTrue();
  }

  @Test
  void aCopyWithAnotherSchemaIsNotRehearsedOn() throws Exception {
    enclosure.execute(pair.live(), "CREATE TABLE since (id int)");

    assertThatThrownBy(this::rehearse)
        .isInstanceOf(StaleCopy.class)
        .hasMessageContaining("another schema than the live database");
  }

  @Test
  void aLiveSchemaThatMovesNeedsAnotherRehearsal() throws Exception {
    rehearse();
    enclosure.execute(pair.live(), "CREATE TABLE since (id int)");
    assertThat(pair.run().known(pair.migrations(), List.of(), dev.liftoff.database.Writes.ONLINE))
        .isEmpty();

    copyAgain();

    assertThat(rehearse().passed()).isTrue();
  }

  @Test
  void aFailureNamesFileLineAndState() throws Exception {
    migration("V2__channel.sql", "ALTER TABLE orders ADD COLUMN channel text");
    migration("V3__break.sql", "SELECT 1;\n\nINSERT INTO settings VALUES ('colour', 'secret')");

    Rehearsal rehearsal = rehearse();

    assertThat(rehearsal.refusals())
        .containsExactly(
            "V3__break.sql, line 3, fails: duplicate key value violates unique constraint \"settings_pkey\" (SQLSTATE 23505); it would fail on the live database too: correct it (sql-failure)");
    assertThat(rehearsal.worst()).isEqualTo(MigrationClass.ERROR);
    assertThat(rehearsal.migrations()).extracting(Rehearsed::version).containsExactly("2");
  }

  @Test
  void anOutageIsNotTheMigrationsFaultAndTheNextAttemptGoesOn() throws Exception {
    migration(
        "V2__sleep.sql",
        "SELECT pg_sleep(5 * (SELECT count(*) FROM pg_stat_activity WHERE application_name = 'slow'))");
    try (var slow = cluster.admin("postgres");
        var statement = slow.createStatement()) {
      statement.execute("SET application_name = 'slow'");
      var killer = CompletableFuture.runAsync(this::killSleeper);

      assertThatThrownBy(this::rehearse).isInstanceOf(SQLException.class);

      killer.join();
    }
    assertThat(SavedRehearsal.read(pair.launch())).isEmpty();
    assertThat(rehearse().passed()).isTrue();
  }

  @Test
  void aWaiverSetsARuleAsideForThisTextOnly() throws Exception {
    migration(DROP, "ALTER TABLE orders DROP COLUMN note");
    List<Waiver> waivers = List.of(waiver("drop-column"), waiver("contract"));

    Rehearsal waived = pair.rehearse(waivers);
    assertThat(waived.refusals()).isEmpty();
    assertThat(waived.worst()).isEqualTo(MigrationClass.CONTRACT);
    assertThat(waived.warnings())
        .anyMatch(warning -> warning.endsWith("(drop-column); set aside by anna: nobody reads it"))
        .anyMatch(warning -> warning.endsWith("(contract); set aside by anna: nobody reads it"));

    migration(DROP, "ALTER TABLE orders DROP COLUMN note, DROP COLUMN amount");
    enclosure.execute(pair.live(), "DROP MATERIALIZED VIEW spent");
    copyAgain();
    Rehearsal edited = pair.rehearse(waivers);

    assertThat(edited.refusals())
        .anyMatch(refusal -> refusal.endsWith("(drop-column)"))
        .anyMatch(refusal -> refusal.endsWith("(contract)"));
    assertThat(edited.warnings())
        .contains(
            "the waiver of drop-column for V2__drop.sql by anna is void: the file changed (void-waiver)");
  }

  @Test
  void aWaiverOfAnotherRuleOrFileDoesNotCount() throws Exception {
    migration(DROP, "ALTER TABLE orders DROP COLUMN note");
    migration("V3__other.sql", "ALTER TABLE orders DROP COLUMN note");
    Waiver other = new Waiver("contract", "V3__other.sql", sha256("V3__other.sql"), "why", "anna");
    migration("V3__other.sql", "SELECT 1");
    Waiver unknown = new Waiver("contract", "V9__none.sql", sha256(DROP), "why", "anna");

    Rehearsal rehearsal = pair.rehearse(List.of(waiver("drop-table"), other, unknown));

    assertThat(rehearsal.refusals()).hasSize(2);
    assertThat(rehearsal.warnings())
        .contains(
            "the waiver of contract for V3__other.sql by anna is void: the file changed (void-waiver)",
            "the waiver of contract for V9__none.sql by anna is void: there is no such file (void-waiver)");
  }

  @Test
  void noWaiverLetsAFileReachBeyondTheCopy() throws Exception {
    migration(DROP, "ALTER ROLE shop CONNECTION LIMIT 3");

    Rehearsal rehearsal = pair.rehearse(List.of(waiver("alter-role"), waiver("error")));

    assertThat(rehearsal.refusals()).singleElement().asString().endsWith("(alter-role)");
    assertThat(live("SELECT rolconnlimit FROM pg_roles WHERE rolname = 'shop'")).isEqualTo("-1");
  }

  @Test
  void theSettingsOfTheLiveDatabaseHoldOnTheCopyToo() throws Exception {
    enclosure.execute(
        pair.live(),
        "CREATE SCHEMA \"App One\"; ALTER TABLE flyway_schema_history SET SCHEMA \"App One\"");
    copyAgain();
    enclosure.execute(
        pair.live(),
        "ALTER DATABASE %s SET search_path = \"App One\", public".formatted(pair.live()));
    enclosure.execute(
        pair.live(),
        "ALTER ROLE shop IN DATABASE %s SET statement_timeout = '7s'".formatted(pair.live()));
    migration("V2__here.sql", "CREATE TABLE here (id int)");

    Rehearsal rehearsal = rehearse();

    assertThat(rehearsal.refusals()).isEmpty();
    assertThat(rehearsal.migrations().getFirst().changes())
        .contains("added table \"App One\".here");
    assertThat(
            cluster.value(
                pair.copy(),
                "SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase WHERE datname = current_database() AND setrole <> 0"))
        .isEqualTo("1");
  }

  @Test
  void aCopyThatAnAttemptLeftHalfwayIsNotTakenForAFreshOne() throws Exception {
    migration("V2__fill.sql", "UPDATE settings SET value = 'red' WHERE key = 'colour'");
    new Flyways(pair.run().server(), pair.copy(), pair.migrations())
        .configuration(Duration.ZERO)
        .load()
        .migrate();

    assertThatThrownBy(this::rehearse).isInstanceOf(StaleCopy.class);
  }

  private Rehearsal rehearse() throws Exception {
    return pair.rehearse(List.of());
  }

  private void migration(String file, String sql) throws Exception {
    Files.writeString(pair.migrations().resolve(file), sql);
  }

  private Waiver waiver(String rule) throws Exception {
    return new Waiver(rule, DROP, sha256(DROP), "nobody reads it", "anna");
  }

  private String sha256(String file) throws Exception {
    return Sha256.of(pair.migrations().resolve(file));
  }

  private void copyAgain() throws Exception {
    enclosure.drop(pair.copy());
    enclosure.clone(pair.live(), pair.copy());
  }

  private String live(String sql) throws SQLException {
    return cluster.value(pair.live(), sql);
  }

  private void killSleeper() {
    String sql =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    try {
      while (cluster.value("postgres", sql).equals("0")) {
        Thread.onSpinWait();
      }
    } catch (SQLException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
