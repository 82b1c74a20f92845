package dev.liftoff.activities.database.backup;

import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long restore points stay: until their launch is settled, and then as long as its plan says. A
 * launch that was never settled keeps its restore point for ever, and so does the newest proven one
 * of each database, whatever its age: a broken backup must not outlive the last good one.
 *
 * @param artifacts folder of all launches
 */
public record Retention(Path artifacts) {
  private static final String SETTLED = "settled.json";
  private static final String EVIDENCE = "backup-manifest.json";

  /**
   * A restore point that is kept for no reason any more.
   *
   * @param folder its own, below the launch's
   */
  public record Expired(LaunchId launch, Path folder, Instant takenAt, Instant keptUntil) {}

  private record Settled(LaunchId launch, Instant at, Instant keepUntil) {}

  private record Known(Path folder, Manifest manifest, boolean proven) {
    String database() {
      return manifest.systemIdentifier() + "/" + manifest.database();
    }
  }

  /** The launch is settled; from now on its time runs. Repeating does not prolong it. */
  public void settle(LaunchId launch, Instant now, Duration keep) throws IOException {
    LaunchFolder folder = LaunchFolder.of(artifacts, launch);
    Path note = folder.path().resolve(SETTLED);
    if (!Files.exists(note)) {
      Settled settled = new Settled(launch, now, now.plus(keep));
      folder.write(note, Payloads.mapper().writeValueAsBytes(settled));
    }
  }

  /**
   * The launch is settled, and so are those before it at its place: a rolled back one keeps its
   * restore point until a later one is.
   */
  public void settleWithEarlier(LaunchId launch, Instant now, Duration keep) throws IOException {
    settle(launch, now, keep);
    for (Known each : known()) {
      LaunchId earlier = each.manifest().launch();
      if (earlier.service().equals(launch.service())
          && earlier.environment().equals(launch.environment())) {
        settle(earlier, now, keep);
      }
    }
  }

  /** Restore points of settled launches whose time has passed. Changes nothing. */
  public List<Expired> expired(Instant now) throws IOException {
    List<Known> all = known();
    Set<Path> newest = newestProven(all);
    List<Expired> expired = new ArrayList<>();
    for (Known each : all) {
      Path note = each.folder().resolveSibling(SETTLED);
      if (Files.exists(note) && !newest.contains(each.folder())) {
        Settled settled = Payloads.mapper().readValue(note.toFile(), Settled.class);
        if (settled.keepUntil().isBefore(now)) {
          expired.add(
              new Expired(
                  settled.launch(), each.folder(), each.manifest().takenAt(), settled.keepUntil()));
        }
      }
    }
    return expired;
  }

  /** Removes them; their manifests and the reports about them stay. Repeating finds none. */
  public List<Expired> removeExpired(Instant now) throws IOException {
    List<Expired> expired = expired(now);
    for (Expired each : expired) {
      remove(each);
    }
    return expired;
  }

  private void remove(Expired expired) throws IOException {
    LaunchFolder folder = LaunchFolder.of(artifacts, expired.launch());
    Files.copy(
        expired.folder().resolve(Manifest.NAME),
        folder.path().resolve(EVIDENCE),
        StandardCopyOption.REPLACE_EXISTING);
    // Renamed first: what a crash leaves is no restore point, and nobody takes it for one.
    Path doomed = folder.beginPartial(folder.backup());
    Files.move(expired.folder(), doomed.resolve("removed"), StandardCopyOption.ATOMIC_MOVE);
    folder.discardPartials(folder.backup());
  }

  private List<Known> known() throws IOException {
    List<Known> known = new ArrayList<>();
    for (Path folder : backups()) {
      Manifest manifest = Manifest.read(folder);
      boolean proven =
          VerifyReport.read(folder, Manifest.sha256(folder))
              .filter(report -> report.proven() && report.level().isVerified())
              .isPresent();
      known.add(new Known(folder, manifest, proven));
    }
    return known;
  }

  private List<Path> backups() throws IOException {
    if (!Files.isDirectory(artifacts)) {
      return List.of();
    }
    try (Stream<Path> launches = Files.list(artifacts.toAbsolutePath().normalize())) {
      return launches
          .map(launch -> new LaunchFolder(launch).backup())
          .filter(backup -> Files.exists(backup.resolve(Manifest.NAME)))
          .toList();
    }
  }

  private static Set<Path> newestProven(List<Known> all) {
    Map<String, Known> newest = new HashMap<>();
    Comparator<Known> age = Comparator.comparing(each -> each.manifest().takenAt());
    for (Known each : all) {
      if (each.proven()) {
        newest.merge(
            each.database(), each, (one, other) -> age.compare(one, other) < 0 ? other : one);
      }
    }
    Set<Path> folders = new HashSet<>();
    newest.values().forEach(each -> folders.add(each.folder()));
    return folders;
  }
}
