package dev.liftoff.activities.database.backup;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import dev.liftoff.activities.database.migration.History;
import dev.liftoff.activities.database.pace.Slices;
import dev.liftoff.activities.database.pace.Throttle;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Takes a logical restore point: the dump and the sums of what must be in it, both from one
 * snapshot.
 */
record Backup(
    PostgresServer server,
    LaunchFolder folder,
    PostgresTools tools,
    int jobs,
    Progress progress,
    Throttle throttle) {
  /** Somebody's DDL holds a table for longer than this. */
  private static final Duration TABLE_LOCK_LIMIT = Duration.ofSeconds(10);

  /**
   * The restore point is in its folder.
   *
   * @param connection to the live database; it is closed then
   */
  void take(Connection connection, Laps laps)
      throws SQLException, IOException, InterruptedException {
    requireRoom(connection);
    Path partial = folder.beginPartial(folder.backup());
    try (Snapshot snapshot = Snapshot.export(connection)) {
      laps.end("snapshot");
      save(snapshot, partial, laps);
    } catch (ToolFailed dump) {
      throw failure(dump);
    }
    folder.finish(partial, folder.backup());
  }

  private void requireRoom(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement();
        ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
      size.next();
      DiskRoom.require("the dump", folder.path(), size.getLong(1));
    }
  }

  private void save(Snapshot snapshot, Path partial, Laps laps)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    Map<String, TableState> contents;
    Catalog catalog;
    String globals;
    try (Tool dump = startDump(snapshot, partial.resolve(Manifest.DUMP));
        Globals roles = Globals.save(server, tools, partial.resolve("globals.sql"))) {
      catalog = Catalog.read(snapshot.connection());
      contents = contents(snapshot);
      laps.end("sums");
      progress.report("waiting for the dump of %d tables".formatted(contents.size()));
      dump.await(throttle.left(), server.spec().backupLimit());
      globals = roles.await();
      laps.end("dump after the sums");
    }
    progress.report("adding up the checksums");
    manifest(snapshot, catalog, contents, globals, partial).write(partial);
    laps.end("checksums");
  }

  private Manifest manifest(
      Snapshot snapshot,
      Catalog catalog,
      Map<String, TableState> contents,
      String globals,
      Path partial)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    Connection connection = snapshot.connection();
    return new Manifest(
        server.launch(),
        server.database(),
        Identity.systemIdentifier(connection),
        connection.getMetaData().getDatabaseProductVersion(),
        tools.version(),
        snapshot.id(),
        snapshot.walPosition(),
        snapshot.xmin(),
        snapshot.takenAt(),
        History.read(connection, snapshot.historySchema()).version(),
        catalog.fingerprint(),
        catalog.facts(),
        contents,
        snapshot.sequences(),
        DumpFiles.of(tools, partial.resolve(Manifest.DUMP), snapshot.layouts()),
        globals,
        Manifest.filesIn(partial, jobs),
        BackupMethod.LOGICAL,
        throttle.evidence());
  }

  private Tool startDump(Snapshot snapshot, Path target) throws IOException {
    List<String> arguments =
        List.of(
            "--format=directory",
            "--jobs=" + TableSums.jobsFor(snapshot.bytes(), jobs),
            "--compress=1",
            "--snapshot=" + snapshot.id(),
            "--lock-wait-timeout=" + TABLE_LOCK_LIMIT.toMillis(),
            "--no-password",
            "--file=" + target);
    return tools.start(
        "pg_dump",
        arguments,
        throttle.through(server.toolEnvironment(server.database(), Purpose.BACKUP)));
  }

  private Map<String, TableState> contents(Snapshot snapshot)
      throws SQLException, IOException, InterruptedException {
    TableSums.Another another = () -> snapshot.joined(server.open(Purpose.BACKUP));
    TableSums.ContentReader reader = Slices.by(throttle, TableContents::read);
    return new TableSums(snapshot.connection(), another, jobs, reader, progress)
        .read(snapshot.sizes());
  }

  private RuntimeException failure(ToolFailed dump) throws SQLException {
    if (dump.outage()) {
      throw new SQLException(dump.sentence());
    }
    return failed(dump.sentence() + throttle.excuse() + "; nothing of the database was changed");
  }

  private static RuntimeException failed(String sentence) {
    return FailureType.BACKUP_FAILED.permanent(sentence);
  }
}
