package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.activities.database.ToolFailed;
import dev.liftoff.activities.database.migration.History;
import dev.liftoff.activities.database.pace.Slices;
import dev.liftoff.activities.database.pace.Throttle;
import dev.liftoff.database.BackupMethod;
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
 * Takes a restore point of a whole server: its files, and the log up to a {@link QuietPoint}, at
 * which every table has the content that is in the manifest. What a physical copy cannot have is
 * not in there: unlogged tables are empty in it.
 */
record PhysicalBackup(
    PostgresServer server,
    LaunchFolder folder,
    BackupMethod method,
    PostgresTools tools,
    int jobs,
    Progress progress,
    TableSums.ContentReader reader,
    Throttle throttle) {
  private static final Duration QUIET_BUDGET = Duration.ofSeconds(30);
  private static final String UNLOGGED =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relpersistence = 'u' AND c.relkind = 'r'
      """;

  /** The restore point is in its folder. */
  void take(Laps laps) throws SQLException, IOException, InterruptedException {
    Path partial = folder.beginPartial(folder.backup());
    try {
      save(partial, laps);
    } catch (ToolFailed failed) {
      throw failure(failed);
    }
    folder.finish(partial, folder.backup());
  }

  private void save(Path partial, Laps laps)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    BackupProvider provider = BackupProviders.of(method, server, tools, partial, throttle);
    progress.report("copying the server's files");
    provider.backup();
    laps.end("copy");
    progress.report("waiting for an instant without a transaction");
    try (QuietPoint point = QuietPoint.find(server, name(partial), QUIET_BUDGET)) {
      progress.report("waiting for the log up to the restore point");
      provider.awaitRestorePoint(point.name());
      laps.end("restore point");
      Files.writeString(partial.resolve("provider.txt"), provider.describe() + "\n");
      manifest(point, provider.describe(), partial).write(partial);
      laps.end("sums");
    }
  }

  /** Each attempt its own: a copy stops at the first point of that name. */
  private String name(Path partial) {
    return "liftoff_" + Sha256.of(server.launch() + " " + partial.getFileName()).substring(0, 16);
  }

  private Manifest manifest(QuietPoint point, String provider, Path partial)
      throws SQLException, IOException, InterruptedException {
    Snapshot snapshot = point.snapshot();
    Connection connection = snapshot.connection();
    Catalog catalog = Catalog.read(connection);
    return new Manifest(
        server.launch(),
        server.database(),
        Identity.systemIdentifier(connection),
        connection.getMetaData().getDatabaseProductVersion(),
        provider,
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
        Manifest.filesIn(partial, jobs),
        method,
        throttle.evidence());
  }

  private Map<String, TableState> contents(Snapshot snapshot)
      throws SQLException, IOException, InterruptedException {
    Map<String, Long> sizes = snapshot.sizes();
    sizes.keySet().removeAll(unlogged(snapshot.connection()));
    TableSums.Another another = () -> snapshot.joined(server.open(Purpose.BACKUP));
    TableSums.ContentReader paced = Slices.by(throttle, reader);
    return new TableSums(snapshot.connection(), another, jobs, paced, progress).read(sizes);
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

  private RuntimeException failure(ToolFailed failed) throws SQLException {
    if (failed.outage()) {
      throw new SQLException(failed.sentence(), failed);
    }
    return FailureType.BACKUP_FAILED.permanent(
        failed.sentence() + throttle.excuse() + "; nothing of the database was changed");
  }
}
