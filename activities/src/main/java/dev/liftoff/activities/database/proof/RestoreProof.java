package dev.liftoff.activities.database.proof;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import dev.liftoff.activities.database.backup.DiskRoom;
import dev.liftoff.activities.database.backup.Laps;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.backup.TableSums;
import dev.liftoff.activities.database.backup.VerifyReport;
import dev.liftoff.database.Proof;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restores a restore point beside the live database and compares all of it with what it was in its
 * snapshot. Both comparisons, of files and of rows, are shown something that was changed on purpose
 * in every run: one that notices nothing is {@code BACKUP_FAILED}.
 *
 * @param jobs processes of pg_restore, and connections that compare, at the same time
 */
public record RestoreProof(
    PostgresServer server,
    @Nullable Path binaries,
    int jobs,
    Progress progress,
    TableSums.ContentReader reader,
    Manifest.FileReader files) {
  /**
   * A crash of the server loses the copy, which is then made again: no commit waits for the disk.
   */
  private static final String EXPENDABLE = " -c synchronous_commit=off";

  public RestoreProof(
      PostgresServer server,
      @Nullable Path binaries,
      int jobs,
      Progress progress,
      TableSums.ContentReader reader) {
    this(server, binaries, jobs, progress, reader, Sha256::of);
  }

  /** The proof; nothing of it stays but its report. */
  public Proof prove(RestorePoint point) throws SQLException, IOException, InterruptedException {
    return prove(point, false);
  }

  /**
   * The proof; where it succeeds, the restored copy stays for the rehearsal, which finds it by
   * {@link Scratch#take}. Repeating with the copy in place checks the files only, and answers what
   * was found before.
   */
  public Proof proveAndKeep(RestorePoint point)
      throws SQLException, IOException, InterruptedException {
    return prove(point, true);
  }

  private Proof prove(RestorePoint point, boolean keep)
      throws SQLException, IOException, InterruptedException {
    Path folder = Path.of(point.folder());
    requireHere(folder);
    Laps laps = new Laps();
    progress.report("checking the checksums of the restore point");
    List<String> damage = damage(point, folder);
    laps.end("checksums");
    Comparison.Findings findings =
        damage.isEmpty()
            ? restored(point, Manifest.read(folder), keep, laps)
            : new Comparison.Findings(damage, ProofLevel.L0, "");
    return Reports.reported(server.launch(), point, findings, laps);
  }

  static void requireHere(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw FailureType.BACKUP_FAILED.permanent(
          "the restore point %s is not on this worker's host; let the launch's steps run on one host"
              .formatted(folder));
    }
  }

  private List<String> damage(RestorePoint point, Path folder)
      throws SQLException, IOException, InterruptedException {
    return files.read(folder.resolve(Manifest.NAME)).equals(point.manifestSha256())
        ? Manifest.read(folder).damage(folder, jobs, files)
        : List.of("the manifest of the restore point has another checksum than when it was saved");
  }

  private Comparison.Findings restored(
      RestorePoint point, Manifest manifest, boolean keep, Laps laps)
      throws SQLException, IOException, InterruptedException {
    Scratch scratch = new Scratch(server);
    boolean stays = false;
    try (Connection live = server.open(Purpose.PROOF)) {
      server.requireUsable(live);
      Optional<VerifyReport> known = known(point, scratch, live);
      if (keep && known.isPresent()) {
        stays = true;
        return Comparison.Findings.of(known.get());
      }
      server.endSessions(live, Purpose.PROOF);
      scratch.drop(live);
      DiskRoom.requireBesideLive("the restored copy", live, server);
      scratch.create(live);
      Comparison.Findings findings = compared(point, manifest, scratch, live, laps);
      if (keep && findings.proven()) {
        Reports.report(server.launch(), point, findings, laps).write(Path.of(point.folder()));
        scratch.markProven(live, point.manifestSha256());
        stays = true;
      }
      return findings;
    } catch (ToolFailed restore) {
      if (restore.outage()) {
        throw new SQLException(restore.sentence(), restore);
      }
      return new Comparison.Findings(List.of(restore.sentence()), ProofLevel.L1, "");
    } finally {
      if (!stays) {
        scratch.close();
      }
    }
  }

  private static Optional<VerifyReport> known(RestorePoint point, Scratch scratch, Connection live)
      throws SQLException, IOException {
    return scratch.provenFrom(live).equals(Optional.of(point.manifestSha256()))
        ? VerifyReport.read(Path.of(point.folder()), point.manifestSha256())
        : Optional.empty();
  }

  private Comparison.Findings compared(
      RestorePoint point, Manifest manifest, Scratch scratch, Connection live, Laps laps)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    progress.report("restoring into " + scratch.name());
    restore(Path.of(point.folder()), manifest, scratch, live);
    laps.end("restore");
    Comparison comparison = new Comparison(jobs, progress, reader, files);
    try (Connection copy = another(scratch)) {
      List<String> differences = comparison.differences(copy, () -> another(scratch), manifest);
      laps.end("comparison");
      if (!differences.isEmpty()) {
        return new Comparison.Findings(differences, ProofLevel.L1, "");
      }
      Comparison.Findings controlled =
          comparison.controlled(copy, manifest, Path.of(point.folder()));
      copy.rollback();
      laps.end("negative control");
      return controlled;
    }
  }

  private void restore(Path folder, Manifest manifest, Scratch scratch, Connection live)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    List<String> arguments =
        List.of(
            "--jobs=" + TableSums.jobsFor(manifest.tableBytes(), jobs),
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            "--no-comments",
            "--no-publications",
            "--no-subscriptions",
            "--no-password",
            "--dbname=" + scratch.name(),
            folder.resolve(Manifest.DUMP).toString());
    Map<String, String> environment = server.toolEnvironment(scratch.name(), Purpose.PROOF);
    environment.merge("PGOPTIONS", EXPENDABLE, String::concat);
    try (Tool restore =
        PostgresTools.fitting(live.getMetaData().getDatabaseMajorVersion(), binaries)
            .start("pg_restore", arguments, environment)) {
      restore.await(server.spec().backupLimit());
    }
  }

  private static Connection another(Scratch scratch) throws SQLException {
    Connection another = scratch.open();
    another.setAutoCommit(false);
    return another;
  }
}
