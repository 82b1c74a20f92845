package dev.liftoff.activities.database.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.database.ProofLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration KEEP = Duration.ofDays(14);
  private static final Instant LATER = BEGAN.plus(Duration.ofDays(400));

  @TempDir Path artifacts;
  private Retention retention;

  @BeforeEach
  void open() {
    retention = new Retention(artifacts);
  }

  @Test
  void aFolderThatIsNotThereHasNothingToRemove() throws Exception {
    assertThat(new Retention(artifacts.resolve("nowhere")).removeExpired(LATER)).isEmpty();
  }

  @Test
  void aRestorePointOfALaunchThatIsNotSettledStays() throws Exception {
    proven("1", 0);
    proven("2", 1);

    assertThat(retention.removeExpired(LATER)).isEmpty();
    assertThat(backup("1")).exists();
  }

  @Test
  void aSettledLaunchKeepsItsRestorePointAsLongAsThePlanSays() throws Exception {
    proven("1", 0);
    proven("2", 1);
    retention.settle(launch("1"), BEGAN, KEEP);

    assertThat(retention.expired(BEGAN.plus(KEEP))).isEmpty();
    assertThat(retention.expired(BEGAN.plus(KEEP).plusSeconds(1)))
        .extracting(Retention.Expired::launch)
        .containsExactly(launch("1"));
  }

  @Test
  void settlingAgainDoesNotProlongIt() throws Exception {
    proven("1", 0);
    proven("2", 1);
    retention.settle(launch("1"), BEGAN, KEEP);
    retention.settle(launch("1"), BEGAN.plus(KEEP), KEEP);

    assertThat(retention.expired(BEGAN.plus(KEEP).plusSeconds(1))).hasSize(1);
  }

  @Test
  void removingLeavesTheManifestAndTheReportAsEvidence() throws Exception {
    proven("1", 0);
    proven("2", 1);
    retention.settle(launch("1"), BEGAN, KEEP);
    byte[] manifest = Files.readAllBytes(backup("1").resolve("manifest.json"));

    assertThat(retention.removeExpired(LATER)).hasSize(1);

    assertThat(backup("1")).doesNotExist();
    assertThat(backup("1").resolveSibling("backup-manifest.json")).hasBinaryContent(manifest);
    assertThat(backup("1").resolveSibling("verify-report.json")).exists();
    try (var left = Files.list(backup("1").getParent())) {
      assertThat(left)
          .noneMatch(file -> file.getFileName().toString().startsWith("backup.partial"));
    }
    assertThat(retention.removeExpired(LATER)).isEmpty();
  }

  @Test
  void theNewestProvenOneOfADatabaseStaysWhateverItsAge() throws Exception {
    proven("1", 0);
    proven("2", 1);
    saved("3", 2, "shop");
    for (String version : List.of("1", "2", "3")) {
      retention.settle(launch(version), BEGAN, KEEP);
    }

    assertThat(retention.removeExpired(LATER))
        .extracting(Retention.Expired::launch)
        .containsExactlyInAnyOrder(launch("1"), launch("3"));
    assertThat(backup("2")).exists();
  }

  @Test
  void anotherDatabaseDoesNotCountAsNewer() throws Exception {
    proven("1", 0);
    Manifest other = saved("2", 1, "stock");
    report("2", other);
    retention.settle(launch("1"), BEGAN, KEEP);

    assertThat(retention.removeExpired(LATER)).isEmpty();
  }

  private void proven(String version, int day) throws IOException {
    report(version, saved(version, day, "shop"));
  }

  private Manifest saved(String version, int day, String database) throws IOException {
    Path folder = Files.createDirectories(backup(version));
    Files.writeString(folder.resolve("dump"), "rows");
    Manifest manifest =
        new Manifest(
            launch(version),
            database,
            "4711",
            "15.18",
            "15.18",
            "1",
            "0/1",
            "1",
            BEGAN.plus(Duration.ofDays(day)),
            "1",
            "f",
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            "",
            List.of(),
            null,
            null);
    manifest.write(folder);
    return manifest;
  }

  private void report(String version, Manifest manifest) throws IOException {
    new VerifyReport(
            manifest.launch(),
            Manifest.sha256(backup(version)),
            BEGAN,
            ProofLevel.L3,
            true,
            1,
            1,
            List.of(),
            "",
            Map.of())
        .write(backup(version));
  }

  private Path backup(String version) {
    return artifacts.resolve(launch(version).asFileName()).resolve("backup");
  }

  private static LaunchId launch(String version) {
    return LaunchId.parse("shop/production/v%s/1".formatted(version));
  }
}
