package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.ToolFailed;
import dev.liftoff.activities.database.migration.History;
import dev.liftoff.activities.database.proof.Comparison;
import dev.liftoff.database.Proof;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A restore point of a whole server, and its proof: the copy that starts from it is recovered to a
 * {@link QuietPoint}, where every table must have the content that it had in the live database.
 * What a physical copy cannot have is not compared: unlogged tables are empty in it.
 *
 * @param beside folder for the copy while it runs, which the server's user may enter
 */
public record PhysicalBackup(
    PostgresServer server,
    LaunchFolder folder,
    BackupProvider provider,
    Path beside,
    int jobs,
    Progress progress,
    TableSums.ContentReader reader) {
  private static final Duration QUIET_BUDGET = Duration.ofSeconds(30);
  private static final String UNLOGGED =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relpersistence = 'u' AND c.relkind = 'r'
      """;

  /** The restore point exists. Repeating after success answers the same one. */
  public RestorePoint take() throws SQLException, IOException, InterruptedException {
    if (!Files.exists(folder.backup())) {
      server.requireUsable();
      server.endSessions(Purpose.BACKUP);
      folder.discardPartials(folder.backup());
      try {
        save();
      } catch (ToolFailed failed) {
        throw failure(failed);
      } finally {
        folder.discardPartials(folder.backup());
      }
    }
    return Manifest.read(folder.backup()).restorePoint(folder.backup());
  }

  /** Level L2 when the provider finds its files whole, L3 when the copy has the content. */
  public Proof prove(RestorePoint point) throws SQLException, IOException, InterruptedException {
    Manifest manifest = Manifest.read(Path.of(point.folder()));
    List<String> damage =
        Manifest.sha256(Path.of(point.folder())).equals(point.manifestSha256())
            ? manifest.damage(Path.of(point.folder()), jobs)
            : List.of("the manifest has another checksum than when it was saved");
    if (!damage.isEmpty()) {
      return proof(point, new Comparison.Findings(damage, ProofLevel.L0, ""));
    }
    try {
      progress.report("verifying the backup's files");
      provider.verify();
    } catch (ToolFailed failed) {
      return proof(point, rejected(failed, ProofLevel.L0));
    }
    try {
      return proof(point, restored(point, manifest));
    } catch (ToolFailed failed) {
      return proof(point, rejected(failed, ProofLevel.L2));
    }
  }

  private void save() throws SQLException, IOException, InterruptedException, ToolFailed {
    Path partial = folder.beginPartial(folder.backup());
    progress.report("copying the server's files");
    provider.backup();
    String name = "liftoff_" + Sha256.of(server.launch().toString()).substring(0, 12);
    progress.report("waiting for an instant without a transaction");
    try (QuietPoint point = QuietPoint.find(server, name, QUIET_BUDGET)) {
      provider.awaitRestorePoint(point.name());
      Files.writeString(partial.resolve("provider.txt"), provider.describe() + "\n");
      manifest(point, partial).write(partial);
    }
    folder.finish(partial, folder.backup());
  }

  private Manifest manifest(QuietPoint point, Path partial)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    Snapshot snapshot = point.snapshot();
    Connection connection = snapshot.connection();
    Catalog catalog = Catalog.read(connection);
    return new Manifest(
        server.launch(),
        server.database(),
        Identity.systemIdentifier(connection),
        connection.getMetaData().getDatabaseProductVersion(),
        provider.describe(),
        point.name(),
        snapshot.walPosition(),
        snapshot.xmin(),
        snapshot.takenAt(),
        History.read(connection, snapshot.historySchema()).version(),
        catalog.fingerprint(),
        catalog.facts(),
        contents(snapshot),
        snapshot.sequences(),
        saved(snapshot),
        "not saved: the copy is of the whole server",
        Manifest.filesIn(partial, jobs));
  }

  private Map<String, TableState> contents(Snapshot snapshot)
      throws SQLException, IOException, InterruptedException {
    Map<String, Long> sizes = snapshot.sizes();
    sizes.keySet().removeAll(unlogged(snapshot.connection()));
    TableSums.Another another = () -> snapshot.joined(server.open(Purpose.BACKUP));
    return new TableSums(snapshot.connection(), another, jobs, reader, progress).read(sizes);
  }

  /** No file has a table's rows alone, so there are no keys to be read from one. */
  private static Map<String, SavedTable> saved(Snapshot snapshot) {
    Map<String, SavedTable> saved = new TreeMap<>();
    snapshot
        .layouts()
        .forEach((table, layout) ->
            saved.put(table, new SavedTable(layout.bytes(), layout.columns(), List.of(), "")));
    return saved;
  }

  private static Set<String> unlogged(Connection connection) throws SQLException {
    Set<String> tables = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(UNLOGGED)) {
      while (result.next()) {
        tables.add(result.getString(1));
      }
    }
    return tables;
  }

  private Comparison.Findings restored(RestorePoint point, Manifest manifest)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    LaunchFolder.delete(beside);
    progress.report("restoring beside the live server");
    try (ScratchServer copy = provider.restoreBeside(manifest.snapshot(), beside)) {
      copy.awaitPromoted(
          server.database(),
          url -> server.at(url).open(Purpose.PROOF),
          server.spec().backupLimit());
      PostgresServer restored = server.at(copy.url(server.database()));
      Comparison comparison = new Comparison(jobs, progress, reader, Sha256::of);
      try (Connection connection = open(restored)) {
        List<String> differences =
            comparison.differences(connection, () -> open(restored), manifest);
        return differences.isEmpty()
            ? comparison.controlled(connection, manifest, Path.of(point.folder()))
            : new Comparison.Findings(differences, ProofLevel.L2, "");
      }
    } finally {
      LaunchFolder.delete(beside);
    }
  }

  private static Connection open(PostgresServer restored) throws SQLException {
    Connection connection = Canonical.of(restored.open(Purpose.PROOF));
    connection.setAutoCommit(false);
    return connection;
  }

  private static Proof proof(RestorePoint point, Comparison.Findings findings) {
    return new Proof(
        findings.proven(),
        point.tables().size(),
        point.tables().values().stream().mapToLong(TableState::rows).sum(),
        findings.mismatches(),
        findings.level(),
        findings.negativeControl());
  }

  private static Comparison.Findings rejected(ToolFailed failed, ProofLevel reached)
      throws SQLException {
    if (failed.outage()) {
      throw new SQLException(failed.sentence(), failed);
    }
    return new Comparison.Findings(List.of(failed.sentence()), reached, "");
  }

  private static RuntimeException failure(ToolFailed failed) throws SQLException {
    if (failed.outage()) {
      throw new SQLException(failed.sentence(), failed);
    }
    return FailureType.BACKUP_FAILED.permanent(
        failed.sentence() + "; nothing of the database was changed");
  }
}
