package dev.liftoff.activities.database.proof;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.ToolFailed;
import dev.liftoff.activities.database.backup.BackupProvider;
import dev.liftoff.activities.database.backup.BackupProviders;
import dev.liftoff.activities.database.backup.DiskRoom;
import dev.liftoff.activities.database.backup.Laps;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.backup.ScratchFolder;
import dev.liftoff.activities.database.backup.ScratchServer;
import dev.liftoff.activities.database.backup.TableSums;
import dev.liftoff.activities.database.backup.VerifyReport;
import dev.liftoff.database.Proof;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restores a copy of a whole server beside the live one, on a port of its own, and compares the
 * database in it with what it was at the restore point: level L2 when the provider finds its files
 * whole, L3 when the copy has the content. Both comparisons are shown something that was changed on
 * purpose.
 */
public record PhysicalProof(
    PostgresServer server,
    PhysicalCopies copies,
    int jobs,
    Progress progress,
    TableSums.ContentReader reader) {

  /** The proof; nothing of it stays but its report. */
  public Proof prove(RestorePoint point) throws SQLException, IOException, InterruptedException {
    return prove(point, false);
  }

  /**
   * The proof; where it succeeds, the server goes on running for the rehearsal. Repeating with it
   * in place checks the restore point's files only, and answers what was found before.
   */
  public Proof proveAndKeep(RestorePoint point)
      throws SQLException, IOException, InterruptedException {
    return prove(point, true);
  }

  private Proof prove(RestorePoint point, boolean keep)
      throws SQLException, IOException, InterruptedException {
    Laps laps = new Laps();
    RestoreProof.requireHere(Path.of(point.folder()));
    Manifest manifest = Manifest.read(Path.of(point.folder()));
    progress.report("checking the checksums of the restore point");
    List<String> damage = damage(point, manifest);
    laps.end("checksums");
    Comparison.Findings findings =
        damage.isEmpty()
            ? verified(point, manifest, keep, laps)
            : new Comparison.Findings(damage, ProofLevel.L0, "");
    return Reports.reported(server.launch(), point, findings, laps);
  }

  private List<String> damage(RestorePoint point, Manifest manifest)
      throws SQLException, IOException, InterruptedException {
    Path folder = Path.of(point.folder());
    return Manifest.sha256(folder).equals(point.manifestSha256())
        ? manifest.damage(folder, jobs)
        : List.of("the manifest of the restore point has another checksum than when it was saved");
  }

  private Comparison.Findings verified(
      RestorePoint point, Manifest manifest, boolean keep, Laps laps)
      throws SQLException, IOException, InterruptedException {
    Optional<VerifyReport> known = known(point);
    if (keep && known.isPresent()) {
      var _ = copies.reaching(server);
      return Comparison.Findings.of(known.get());
    }
    PostgresTools tools = copies.tools(server);
    BackupProvider provider =
        BackupProviders.of(manifest.taken(), server, tools, Path.of(point.folder()));
    try {
      progress.report("verifying the backup's files");
      provider.verify();
      laps.end("verification of the files");
    } catch (ToolFailed failed) {
      return rejected(failed, ProofLevel.L0);
    }
    try {
      return restored(point, manifest, provider, keep, laps);
    } catch (ToolFailed failed) {
      return rejected(failed, ProofLevel.L2);
    }
  }

  private Optional<VerifyReport> known(RestorePoint point) throws IOException {
    return copies.isProvenFrom(server.launch(), point.manifestSha256())
        ? VerifyReport.read(Path.of(point.folder()), point.manifestSha256())
        : Optional.empty();
  }

  private Comparison.Findings restored(
      RestorePoint point, Manifest manifest, BackupProvider provider, boolean keep, Laps laps)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    ScratchFolder folder = copies.servers().begin(server.launch());
    try (Connection live = server.open(Purpose.READ)) {
      DiskRoom.requireForServer("the restored server", folder.path(), live);
    }
    boolean stays = false;
    @Nullable ScratchServer copy = null;
    try {
      progress.report("restoring beside the live server");
      copy = provider.restoreBeside(manifest.snapshot(), folder);
      PostgresServer restored = ready(copy);
      laps.end("restore");
      Comparison.Findings findings = compared(restored, point, manifest, laps);
      stays = keep && findings.proven();
      if (stays) {
        Reports.report(server.launch(), point, findings, laps).write(Path.of(point.folder()));
        folder.markProven(point.manifestSha256());
      }
      return findings;
    } finally {
      if (!stays) {
        discard(copy);
      }
    }
  }

  /** Under the name of a scratch database, so that nobody takes it for the live one. */
  private PostgresServer ready(ScratchServer copy)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    String name = Scratch.name(server.launch());
    progress.report("waiting for the restored server");
    copy.awaitReady(
        server.database(), url -> server.at(url).open(Purpose.PROOF), server.spec().backupLimit());
    copy.rename(copies.tools(server), PhysicalCopies.superuser(server), server.database(), name);
    return server.at(copy.url(name));
  }

  private Comparison.Findings compared(
      PostgresServer restored, RestorePoint point, Manifest manifest, Laps laps)
      throws SQLException, IOException, InterruptedException {
    Comparison comparison = new Comparison(jobs, progress, reader, Sha256::of);
    try (Connection connection = open(restored)) {
      List<String> differences = comparison.differences(connection, () -> open(restored), manifest);
      laps.end("comparison");
      if (!differences.isEmpty()) {
        return new Comparison.Findings(differences, ProofLevel.L2, "");
      }
      Comparison.Findings controlled =
          comparison.controlled(connection, manifest, Path.of(point.folder()));
      connection.rollback();
      laps.end("negative control");
      return controlled;
    }
  }

  private void discard(@Nullable ScratchServer copy) throws IOException, InterruptedException {
    // An interrupted thread cannot wait for the server's end, and it must go nevertheless.
    boolean interrupted = Thread.interrupted();
    try {
      if (copy != null) {
        copy.close();
      }
      copies.servers().discard(server.launch());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Connection open(PostgresServer restored) throws SQLException {
    Connection connection = Canonical.of(restored.open(Purpose.PROOF));
    connection.setAutoCommit(false);
    return connection;
  }

  private static Comparison.Findings rejected(ToolFailed failed, ProofLevel reached)
      throws SQLException {
    if (failed.outage()) {
      throw new SQLException(failed.sentence(), failed);
    }
    return new Comparison.Findings(List.of(failed.sentence()), reached, "");
  }
}
