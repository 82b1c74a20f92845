package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.ObjectRights;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.ToolFailed;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.backup.SavedTable;
import dev.liftoff.activities.database.rehearsal.SavedRehearsal;
import dev.liftoff.activities.database.rehearsal.VersionTables;
import dev.liftoff.database.MigrationCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The schema from before the migration, by the statements of the restore point that was proven,
 * with owners and privileges.
 */
record OldSchema(PostgresServer server, LaunchFolder folder, @Nullable Path binaries) {
  private static final String HISTORY = ".flyway_schema_history";

  String twin() {
    return Twin.name(server.launch());
  }

  /**
   * @param section of a dump: {@code pre-data} up to the tables, {@code post-data} from the indexes
   *     on
   */
  void build(String section) throws SQLException, IOException, InterruptedException, ToolFailed {
    List<String> arguments =
        List.of(
            "--section=" + section,
            "--exit-on-error",
            "--no-password",
            "--dbname=" + twin(),
            folder.backup().resolve(Manifest.DUMP).toString());
    try (Tool restore =
        PostgresTools.fitting(major(), binaries)
            .start("pg_restore", arguments, server.toolEnvironment(twin(), Purpose.RESCUE))) {
      restore.await(server.spec().backupLimit());
    }
  }

  /** By quoted name, in the live database. */
  Set<String> versionTables(Connection live) throws SQLException {
    Set<String> tables = new TreeSet<>();
    TableContents.tables(live).stream()
        .filter(table -> table.endsWith(HISTORY))
        .forEach(tables::add);
    MigrationCommand command = server.spec().migration().command();
    if (command != null) {
      tables.addAll(VersionTables.named(live, command));
    }
    return tables;
  }

  /** What the restore point has of these tables. */
  void loadVersions(Connection twin, List<String> tables) throws SQLException, IOException {
    Map<String, SavedTable> saved = Manifest.read(folder.backup()).saved();
    for (String table : tables) {
      SavedTable rows = saved.get(table);
      if (rows == null) {
        throw new IOException(
            "the restore point does not tell where the rows of " + table + " are");
      }
      long _ =
          Bulk.load(
              folder.backup().resolve(rows.file()),
              twin,
              "%s(%s)".formatted(table, String.join(", ", rows.columns())));
    }
  }

  /** One sentence for the schema, and one for each right, that is not what it was. */
  List<String> differences(Connection twin) throws SQLException, IOException {
    List<String> differences = new ArrayList<>();
    String before = SavedRehearsal.read(folder).orElseThrow().rehearsal().fingerprint();
    if (!Catalog.read(twin).restoredFingerprint().equals(before)) {
      differences.add("the schema of the restore point is not the one that was migrated");
    }
    Map<String, String> was = NotedRights.read(folder);
    Map<String, String> is = ObjectRights.read(twin);
    Set<String> subjects = new TreeSet<>(was.keySet());
    subjects.addAll(is.keySet());
    for (String subject : subjects) {
      String old = was.getOrDefault(subject, "nothing");
      String now = is.getOrDefault(subject, "nothing");
      if (!old.equals(now)) {
        differences.add(
            "%s was %s before the migration and would be %s".formatted(subject.strip(), old, now));
      }
    }
    return differences;
  }

  private int major() throws SQLException {
    try (Connection connection = server.open(Purpose.RESCUE)) {
      return connection.getMetaData().getDatabaseMajorVersion();
    }
  }
}
