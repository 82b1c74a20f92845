package dev.liftoff.activities.database.proof;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.FailureType;
import dev.liftoff.Payloads;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.FakeTools;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.backup.SavedTable;
import dev.liftoff.activities.database.integrity.PrimaryKeys;
import dev.liftoff.database.Proof;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
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

class RestoreProofIT {
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;
  private PostgresServer server;

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
    server = new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @Test
  void aProofSaysItsLevelAndWhatWasChangedOnPurpose() throws Exception {
    Proof proof = proof(null).prove(backUp());

    assertThat(proof.level()).isEqualTo(ProofLevel.L3);
    assertThat(proof.negativeControl())
        .containsPattern("a flipped byte of .+ was noticed")
        .containsPattern("a changed row of public\\.\\S+ was noticed");
    assertThat(proof.sentence()).contains("L3, verified");
  }

  @Test
  void theReportSaysWhatSomebodyElseNeedsToRepeatIt() throws Exception {
    RestorePoint point = backUp();
    proof(null).prove(point);

    JsonNode report = json(shop.backup().resolveSibling("verify-report.json"));
    assertThat(report.path("level").asText()).isEqualTo("L3");
    assertThat(report.path("manifestSha256").asText()).isEqualTo(point.manifestSha256());
    assertThat(report.path("mismatches")).isEmpty();
    assertThat(report.path("negativeControl").asText()).contains("noticed");
    assertThat(report.path("timings").fieldNames())
        .toIterable()
        .containsExactly("checksums", "restore", "comparison", "negative control");
  }

  @Test
  void theManifestSaysWhereItIsFrom() throws Exception {
    backUp();

    JsonNode manifest = json(shop.backup().resolve("manifest.json"));
    assertThat(manifest.path("systemIdentifier").asText())
        .isEqualTo(shop.value("SELECT system_identifier FROM pg_control_system()"));
    assertThat(manifest.path("dumpVersion").asText()).startsWith("15.");
    assertThat(manifest.path("xmin").asText()).matches("\\d+");
    assertThat(manifest.path("walPosition").asText()).contains("/");
    assertThat(manifest.path("globals").asText())
        .isEqualTo(Sha256.of(shop.backup().resolve("globals.sql")));
    assertThat(Files.readString(shop.backup().resolve("globals.sql")))
        .contains("CREATE ROLE shop")
        .doesNotContain("SCRAM-SHA-256");
    assertThat(manifest.path("saved").path("public.orders").path("columns"))
        .extracting(JsonNode::asText)
        .containsExactly("id", "item");
  }

  @Test
  void rolesThatCannotBeReadAreSaidAndDoNotPreventTheRestorePoint() throws Exception {
    Path tools =
        FakeTools.in(folder)
            .replacing("pg_dumpall", "echo 'pg_dumpall: error: permission denied' >&2; exit 1")
            .folder();

    shop.database(tools, Heartbeat.none()).backUp(LAUNCH, shop.spec());

    assertThat(json(shop.backup().resolve("manifest.json")).path("globals").asText())
        .isEqualTo("not saved: pg_dumpall: permission denied");
  }

  @Test
  void aRestorePointThatIsDamagedIsCalledNotVerified() throws Exception {
    RestorePoint point = backUp();
    Files.delete(shop.backup().resolve("globals.sql"));

    Proof proof = proof(null).prove(point);

    assertThat(proof.level()).isEqualTo(ProofLevel.L0);
    assertThat(proof.sentence()).contains("not verified").contains("globals.sql");
  }

  @Test
  void checksumsThatNoticeNothingAreRefused() throws Exception {
    RestorePoint point = backUp();
    Manifest manifest = Manifest.read(shop.backup());
    Manifest.FileReader blind =
        file ->
            file.endsWith("manifest.json")
                ? point.manifestSha256()
                : manifest.files().stream()
                    .filter(saved -> !file.startsWith(shop.backup()) || file.endsWith(saved.path()))
                    .filter(saved ->
                        file.startsWith(shop.backup())
                            || saved.equals(FlippedByte.victim(manifest).orElseThrow()))
                    .findFirst()
                    .orElseThrow()
                    .sha256();
    RestoreProof proof =
        new RestoreProof(server, null, 2, new Progress(), TableContents::read, blind);

    assertThatThrownBy(() -> proof.prove(point))
        .hasMessageContaining(FailureType.BACKUP_FAILED.name())
        .hasMessageContaining("VERIFIER_BROKEN")
        .hasMessageContaining("flipped");
    assertThat(new Scratch(server).provenFrom()).isEmpty();
  }

  @Test
  void aProvenCopyStaysForTheRehearsalOnce() throws Exception {
    RestorePoint point = backUp();
    Scratch scratch = new Scratch(server);

    assertThat(proof(null).proveAndKeep(point).proven()).isTrue();

    assertThat(scratch.provenFrom()).contains(point.manifestSha256());
    assertThat(scratch.take("another")).isFalse();
    assertThat(scratch.take(point.manifestSha256())).isTrue();
    assertThat(scratch.take(point.manifestSha256())).isFalse();
    assertThat(cluster.value(scratch.name(), "SELECT count(*) FROM orders")).isEqualTo("3");
    scratch.close();
  }

  @Test
  void provingAgainAfterALostReplyDoesNotRestoreAgain() throws Exception {
    RestorePoint point = backUp();
    Proof first = proof(null).proveAndKeep(point);
    Path tools = FakeTools.in(folder).replacing("pg_restore", "exit 1").folder();

    assertThat(proof(tools).proveAndKeep(point)).isEqualTo(first);

    Files.delete(shop.backup().resolve("globals.sql"));
    assertThat(proof(tools).proveAndKeep(point).proven()).isFalse();
    new Scratch(server).close();
  }

  @Test
  void aCopyThatDiffersDoesNotStay() throws Exception {
    RestorePoint point = backUp();
    Path tools = FakeTools.in(folder).replacing("pg_restore", "exit 1").folder();

    assertThat(proof(tools).proveAndKeep(point).level()).isEqualTo(ProofLevel.L1);
    assertThat(exists(Scratch.name(LAUNCH))).isFalse();
  }

  @Test
  void theDatabaseOfThePlanIsNeverTheScratchDatabaseWhateverItsNameAndMark() throws Exception {
    RestorePoint point = backUp();
    assertThat(proof(null).proveAndKeep(point).proven()).isTrue();
    String live = cluster.url(Scratch.name(LAUNCH));
    PostgresServer named =
        new PostgresServer(
            LAUNCH,
            shop.spec(live, "env:SHOP_PASSWORD", Duration.ofSeconds(1)),
            shop.secrets,
            Duration.ofSeconds(5));

    assertThatThrownBy(() -> new Scratch(named).close())
        .hasMessageContaining("is the database of the plan");
    assertThatThrownBy(() ->
            new RestoreProof(named, null, 1, new Progress(), TableContents::read).prove(point))
        .hasMessageContaining("is the database of the plan");
    assertThat(cluster.value(Scratch.name(LAUNCH), "SELECT count(*) FROM orders")).isEqualTo("3");
    new Scratch(server).close();
  }

  @Test
  void aDatabaseThatHasTheNameAndRowsIsNeitherRestoredOverNorDropped() throws Exception {
    RestorePoint point = backUp();
    cluster.execute("postgres", "CREATE DATABASE %s OWNER shop".formatted(Scratch.name(LAUNCH)));
    try (Connection connection = cluster.shop(Scratch.name(LAUNCH));
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE precious AS SELECT 1 AS one");
    }

    assertThatThrownBy(() -> proof(null).prove(point))
        .hasMessageContaining(FailureType.DATABASE_REFUSED.name())
        .hasMessageContaining("has tables and no mark of this launch");
    assertThat(cluster.value(Scratch.name(LAUNCH), "SELECT one FROM precious")).isEqualTo("1");
  }

  @Test
  void aMarkFromAnotherServerDoesNotMakeADatabaseOurs() throws Exception {
    cluster.execute("postgres", "CREATE DATABASE %s OWNER shop".formatted(Scratch.name(LAUNCH)));
    cluster.execute(
        "postgres",
        "COMMENT ON DATABASE %s IS 'scratch database of the launch %s on server 4711'"
            .formatted(Scratch.name(LAUNCH), LAUNCH));

    assertThatThrownBy(() -> new Scratch(server).close())
        .hasMessageContaining("is not the scratch database of this launch");
    assertThat(exists(Scratch.name(LAUNCH))).isTrue();
  }

  @Test
  void keysAreReadFromTheDumpWhateverTheirNamesAndOrder() throws Exception {
    shop.execute(
        """
        CREATE TABLE odd (twice int GENERATED ALWAYS AS (a * 2) STORED, "Key ü" text, filler text, a int,
          PRIMARY KEY (a, "Key ü"));
        INSERT INTO odd ("Key ü", filler, a) SELECT E'tab\\t\\\\.' || n, E'line\\n' || n, n FROM generate_series(1, 50) n
        """);
    RestorePoint point = backUp();
    shop.execute("DELETE FROM odd WHERE a <= 7; INSERT INTO odd (\"Key ü\", a) VALUES ('new', 99)");
    shop.execute("UPDATE odd SET filler = 'other' WHERE a > 20");

    try (Connection connection = Canonical.of(server.open(Purpose.READ))) {
      connection.setAutoCommit(false);
      SavedTable saved = Manifest.read(shop.backup()).saved().get("public.odd");

      assertThat(saved.key()).containsExactly("a", "\"Key ü\"");
      assertThat(PrimaryKeys.missing(connection, "public.odd", saved, Path.of(point.folder())))
          .isEqualTo(7);
    }
  }

  private RestorePoint backUp() {
    return shop.database().backUp(LAUNCH, shop.spec());
  }

  private RestoreProof proof(Path tools) {
    return new RestoreProof(server, tools, 2, new Progress(), TableContents::read);
  }

  private static JsonNode json(Path file) throws IOException {
    return Payloads.mapper().readTree(file.toFile());
  }

  private static boolean exists(String database) throws SQLException {
    return cluster
        .value("postgres", "SELECT count(*) FROM pg_database WHERE datname = '" + database + "'")
        .equals("1");
  }
}
