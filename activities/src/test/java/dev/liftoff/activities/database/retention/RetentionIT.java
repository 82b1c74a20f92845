package dev.liftoff.activities.database.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.backup.ScratchServers;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.activities.database.rescue.Store;
import dev.liftoff.activities.database.rescue.Twin;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.BackupSpec;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.database.GivenUp;
import dev.liftoff.database.MigrationSpec;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.Writes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What launches keep beside a real database, and what may end it. */
class RetentionIT {
  private static final LaunchId NEXT = LaunchId.parse("shop/production/v3/2");
  private static final LaunchId OTHER_PLACE = LaunchId.parse("shop/staging/v2/1");

  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;

  @BeforeAll
  static void start() throws Exception {
    cluster = Store.cluster();
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
    for (String left : databases()) {
      cluster.execute("postgres", "DROP DATABASE \"%s\" WITH (FORCE)".formatted(left));
    }
  }

  @Test
  void aScratchDatabaseOfALaunchThatIsOverGoesWhenTheNextOneBegins() throws Exception {
    rehearse(Shop.LAUNCH);
    rehearse(OTHER_PLACE);

    assertThat(shop.database().sweep(Shop.LAUNCH, spec()).removed()).isEmpty();
    assertThat(shop.database().sweep(NEXT, spec()).removed())
        .containsExactly(
            "scratch database %s of the launch %s"
                .formatted(Scratch.name(Shop.LAUNCH), Shop.LAUNCH));

    assertThat(databases()).containsExactlyInAnyOrder(shop.name, Scratch.name(OTHER_PLACE));
    assertThat(shop.database().sweep(NEXT, spec()).removed()).isEmpty();
  }

  @Test
  void aDatabaseThatOnlyLooksLikeOursStays() throws Exception {
    cluster.execute("postgres", "CREATE DATABASE liftoff_scratch_mine OWNER shop");
    cluster.execute(
        "postgres",
        "COMMENT ON DATABASE liftoff_scratch_mine IS '%s%s on server %s'"
            .formatted(Scratch.MARKER, Shop.LAUNCH, serverId()));
    cluster.execute(
        "postgres", "CREATE DATABASE \"%s\" OWNER shop".formatted(Scratch.name(Shop.LAUNCH)));
    cluster.execute(
        "postgres",
        "COMMENT ON DATABASE \"%s\" IS '%s%s on server 4711'"
            .formatted(Scratch.name(Shop.LAUNCH), Scratch.MARKER, Shop.LAUNCH));

    assertThat(shop.database().sweep(NEXT, spec()).removed()).isEmpty();

    assertThat(databases()).hasSize(3);
  }

  @Test
  void theLiveDatabaseStaysWhateverItsComment() throws Exception {
    for (String comment :
        List.of(
            "%s%s on server %s".formatted(Scratch.MARKER, Shop.LAUNCH, serverId()),
            "%s%s on the server %s".formatted(Twin.MARKER, Shop.LAUNCH, serverId()),
            "what %s was until it was put back by the launch %s on the server %s; given up, remove it after 2020-01-01T00:00:00Z"
                .formatted(shop.name, Shop.LAUNCH, serverId()))) {
      cluster.execute("postgres", "COMMENT ON DATABASE %s IS '%s'".formatted(shop.name, comment));

      assertThat(shop.database().sweep(NEXT, spec()).removed()).isEmpty();
      assertThat(databases()).contains(shop.name);
    }
  }

  @Test
  void theTwinGoesWhenItsLaunchIsSettled() throws Exception {
    freeze();
    assertThat(databases()).contains(Twin.name(Shop.LAUNCH));

    assertThat(shop.database().settle(Shop.LAUNCH, spec()).removed())
        .containsExactly(
            "twin %s of the launch %s, which was never live"
                .formatted(Twin.name(Shop.LAUNCH), Shop.LAUNCH));

    assertThat(databases()).containsExactly(shop.name);
  }

  @Test
  void whatWasLiveStaysUntilTheCommanderNamesItAndItsTimeIsOver() throws Exception {
    freeze();
    String kept = shop.database().putBack(Shop.LAUNCH, spec()).kept();
    assertThat(kept).isNotNull();

    assertThat(shop.database().settle(NEXT, spec()).kept())
        .singleElement()
        .asString()
        .contains(kept, "until the commander gives it up");
    assertThat(databases()).contains(kept);

    GivenUp wrong = shop.database().discard(NEXT, spec(), shop.name);
    assertThat(wrong.accepted()).isFalse();
    assertThat(wrong.sentence()).contains("nothing was given up");

    GivenUp later = shop.database().discard(NEXT, spec(Duration.ofDays(1)), kept);
    assertThat(later.accepted()).isTrue();
    assertThat(shop.database().discard(NEXT, spec(), kept)).isEqualTo(later);
    assertThat(shop.database().sweep(NEXT, spec()).removed()).isEmpty();
    assertThat(databases()).contains(kept);
  }

  @Test
  void whatTheCommanderGaveUpGoesAfterItsTime() throws Exception {
    freeze();
    String kept = shop.database().putBack(Shop.LAUNCH, spec()).kept();
    assertThat(shop.database().discard(NEXT, spec(), kept).accepted()).isTrue();

    assertThat(shop.database().sweep(NEXT, spec()).removed())
        .singleElement()
        .asString()
        .contains("database " + kept, "given up");

    assertThat(databases()).containsExactly(shop.name);
    assertThat(shop.value("SELECT count(*) FROM orders")).isEqualTo("3");
  }

  @Test
  void restorePointsOfEarlierLaunchesGoOnceALaterOneIsSettledAndProven() throws Exception {
    rehearse(Shop.LAUNCH);
    rehearse(NEXT);

    assertThat(shop.database().sweep(NEXT, spec()).removed())
        .noneMatch(each -> each.startsWith("restore point"));
    assertThat(shop.backup()).exists();

    assertThat(shop.database().settle(NEXT, spec()).removed())
        .noneMatch(each -> each.startsWith("restore point"));
    assertThat(shop.database().sweep(NEXT, spec()).removed())
        .anySatisfy(
            each -> assertThat(each).startsWith("restore point " + shop.backup()).contains("v2/1"));
    assertThat(shop.backup()).doesNotExist();
    assertThat(shop.artifacts.resolve(NEXT.asFileName()).resolve("backup")).exists();
  }

  @Test
  void aWorkerThatStartsFindsWhatALaunchLeft() throws Exception {
    rehearse(Shop.LAUNCH);
    LeftScratch left =
        new LeftScratch(
            shop.artifacts,
            new ScratchServers(shop.artifacts.resolve("scratch")),
            shop.secrets,
            Duration.ofSeconds(10));

    assertThat(left.launches()).containsExactly(Shop.LAUNCH);
    left.discard(Shop.LAUNCH);

    assertThat(databases()).containsExactly(shop.name);
    assertThat(left.launches()).isEmpty();
  }

  @Test
  void aLaunchThatRemovedItsOwnScratchLeavesNoNoteOfIt() throws Exception {
    rehearse(Shop.LAUNCH);

    shop.database().discardScratch(Shop.LAUNCH, spec());

    assertThat(
            new LeftScratch(
                    shop.artifacts,
                    new ScratchServers(shop.artifacts.resolve("scratch")),
                    shop.secrets,
                    Duration.ofSeconds(10))
                .launches())
        .isEmpty();
  }

  private void rehearse(LaunchId launch) {
    RestorePoint point = shop.database().backUp(launch, spec());
    assertThat(shop.database().proveAndKeep(launch, spec(), point).proof().proven()).isTrue();
  }

  private void freeze() {
    var _ = shop.database().freeze(Shop.LAUNCH, spec());
    assertThat(shop.database().anchor(Shop.LAUNCH, spec()).rows()).isPositive();
  }

  private DatabaseSpec spec() {
    return spec(Duration.ZERO);
  }

  private DatabaseSpec spec(Duration keep) {
    DatabaseSpec spec = shop.spec();
    return new DatabaseSpec(
        spec.url(),
        spec.user(),
        spec.password(),
        spec.migrations(),
        spec.backupLimit(),
        spec.migrationLimit(),
        spec.lockLimit(),
        new BackupSpec(BackupMethod.LOGICAL, null, null, keep, 0, 0),
        new MigrationSpec(
            null, Writes.FROZEN, Duration.ofSeconds(60), Duration.ofMinutes(1), List.of()),
        List.of("clerk"),
        List.of());
  }

  private static String serverId() throws SQLException {
    return cluster.value("postgres", "SELECT system_identifier FROM pg_control_system()");
  }

  private static List<String> databases() throws SQLException, IOException {
    String all =
        cluster.value(
            "postgres",
            "SELECT coalesce(string_agg(datname, ' ' ORDER BY datname), '') FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')");
    return all.isEmpty() ? List.of() : List.of(all.split(" "));
  }
}
