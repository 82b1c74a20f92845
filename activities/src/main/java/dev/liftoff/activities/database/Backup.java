package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the restore point of a launch: the dump and the sums of what must be in it, both from one
 * snapshot.
 */
record Backup(
    PostgresServer server,
    LaunchFolder folder,
    @Nullable Path binaries,
    int jobs,
    Progress progress) {
  private static final Logger log = LoggerFactory.getLogger(Backup.class);

  /** Somebody's DDL holds a table for longer than this. */
  private static final Duration TABLE_LOCK_LIMIT = Duration.ofSeconds(10);

  RestorePoint take() throws SQLException, IOException, InterruptedException {
    if (Files.exists(folder.backup())) {
      return standing();
    }
    server.endSessions(Purpose.BACKUP);
    folder.discardPartials(folder.backup());
    requireRoom();
    Path partial = folder.beginPartial(folder.backup());
    try {
      save(partial);
      folder.finish(partial, folder.backup());
    } finally {
      folder.discardPartials(folder.backup());
    }
    RestorePoint point = Manifest.read(folder.backup()).restorePoint(folder.backup());
    log.info(
        "restore point taken launch={} bytes={} tables={}",
        server.launch(),
        point.bytes(),
        point.tables().size());
    return point;
  }

  private RestorePoint standing() throws IOException {
    progress.report("checking the restore point that exists");
    Manifest manifest = Manifest.read(folder.backup());
    if (!manifest.launch().equals(server.launch())) {
      throw failed(
          "the folder %s holds the restore point of %s; use another folder for artifacts"
              .formatted(folder.backup(), manifest.launch()));
    }
    List<String> damage = manifest.damage(folder.backup());
    if (!damage.isEmpty()) {
      throw failed(
          "%s in %s; look at the disk, then start a new launch"
              .formatted(damage.getFirst(), folder.backup()));
    }
    return manifest.restorePoint(folder.backup());
  }

  private void requireRoom() throws SQLException, IOException {
    try (Connection connection = server.open(Purpose.READ);
        Statement statement = connection.createStatement();
        ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
      size.next();
      DiskRoom.require(folder.path(), size.getLong(1));
    }
  }

  private void save(Path partial) throws SQLException, IOException, InterruptedException {
    try (Snapshot snapshot = Snapshot.export(server);
        Tool dump = startDump(snapshot, partial.resolve("dump"))) {
      Map<String, TableState> contents = contents(snapshot);
      Map<String, String> keys =
          saveKeys(snapshot, contents, Files.createDirectory(partial.resolve("keys")));
      progress.report("waiting for the dump of %d tables".formatted(contents.size()));
      dump.await(server.spec().backupLimit());
      progress.report("adding up the checksums");
      manifest(snapshot, contents, keys, partial).write(partial);
    } catch (ToolFailed dump) {
      throw failure(dump);
    }
  }

  private Tool startDump(Snapshot snapshot, Path target) throws SQLException, IOException {
    int major = snapshot.connection().getMetaData().getDatabaseMajorVersion();
    List<String> arguments =
        List.of(
            "--format=directory",
            "--jobs=" + jobs,
            "--compress=1",
            "--snapshot=" + snapshot.id(),
            "--lock-wait-timeout=" + TABLE_LOCK_LIMIT.toMillis(),
            "--no-password",
            "--file=" + target);
    return PostgresTools.fitting(major, binaries)
        .start("pg_dump", arguments, server.toolEnvironment(server.database(), Purpose.BACKUP));
  }

  private Map<String, TableState> contents(Snapshot snapshot) throws SQLException {
    Map<String, TableState> contents = new TreeMap<>();
    for (String table : snapshot.tables()) {
      progress.report(
          "adding up %s, %d of %d tables"
              .formatted(table, contents.size() + 1, snapshot.tables().size()));
      contents.put(table, TableContents.read(snapshot.connection(), table));
    }
    return contents;
  }

  private Map<String, String> saveKeys(
      Snapshot snapshot, Map<String, TableState> contents, Path target)
      throws SQLException, IOException {
    Map<String, String> files = new TreeMap<>();
    for (Map.Entry<String, TableState> each : contents.entrySet()) {
      String table = each.getKey();
      List<PrimaryKeys.Column> columns = PrimaryKeys.columns(snapshot.connection(), table);
      if (!columns.isEmpty() && each.getValue().rows() <= PrimaryKeys.LARGEST_TABLE) {
        progress.report("saving the keys of " + table);
        Path file = target.resolve(files.size() + ".json.gz");
        PrimaryKeys.save(snapshot.connection(), table, columns, file);
        files.put(table, "keys/" + file.getFileName());
      }
    }
    return files;
  }

  private Manifest manifest(
      Snapshot snapshot, Map<String, TableState> contents, Map<String, String> keys, Path partial)
      throws SQLException, IOException {
    Connection connection = snapshot.connection();
    Catalog catalog = Catalog.read(connection);
    return new Manifest(
        server.launch(),
        server.database(),
        connection.getMetaData().getDatabaseProductVersion(),
        snapshot.id(),
        snapshot.walPosition(),
        snapshot.takenAt(),
        History.read(connection, snapshot.historySchema()).version(),
        catalog.fingerprint(),
        catalog.facts(),
        contents,
        snapshot.sequences(),
        keys,
        Manifest.filesIn(partial));
  }

  private static RuntimeException failure(ToolFailed dump) throws SQLException {
    if (dump.outage()) {
      throw new SQLException(dump.sentence());
    }
    return failed(dump.sentence() + "; nothing of the database was changed");
  }

  private static RuntimeException failed(String sentence) {
    return FailureType.BACKUP_FAILED.permanent(sentence);
  }
}
