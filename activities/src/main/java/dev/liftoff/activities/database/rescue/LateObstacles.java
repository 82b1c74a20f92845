package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.rehearsal.SavedRehearsal;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why no twin can be made of the live rows, found before anything is made; one sentence each, with
 * what to do instead. Only an expanding migration leaves every value that the old schema had.
 */
record LateObstacles(PostgresServer server, LaunchFolder folder) {
  private static final int FILES_ABREAST = 2;
  private static final String INSTEAD =
      "; use rollback, which keeps every row, and take old values from a copy of the restore point by hand";

  /** They keep rows of their own, which no dump and no copy of tables has in full. */
  private static final String EXTENSIONS =
      "SELECT quote_ident(extname) FROM pg_extension WHERE extconfig IS NOT NULL ORDER BY 1";

  private static final String SUBSCRIPTIONS =
      "SELECT count(*) FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())";

  /** Permanent faults of a freeze are thrown: it would not keep the service out. */
  List<String> found(Connection outside) throws SQLException, IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    if (!Files.exists(folder.backup()) || !NotedRights.exist(folder)) {
      found.add(
          "the restore point of this launch, or what was noted before its migration, is not on this worker's host"
              + INSTEAD);
      return found;
    }
    Manifest manifest = Manifest.read(folder.backup());
    if (manifest.taken() != BackupMethod.LOGICAL) {
      found.add(
          "the restore point is a copy of the whole server, which has no statements of the old schema; take it with database.backup.method logical, or freeze writes, where a rescue must be possible"
              + INSTEAD);
      return found;
    }
    found.addAll(manifest.damage(folder.backup(), FILES_ABREAST));
    ofMigrations(manifest, found);
    ofDatabase(found);
    new KeptOut(outside, server.database(), server.spec().serviceRoles())
        .requirePossible(Rights.read(outside, server.database()));
    Settings.requireCopyable(outside, server.database());
    return found;
  }

  private void ofMigrations(Manifest manifest, List<String> found) throws IOException {
    Optional<SavedRehearsal> saved = SavedRehearsal.read(folder);
    if (saved.isEmpty()) {
      found.add("no rehearsal tells what the migration did to rows" + INSTEAD);
      return;
    }
    Rehearsal rehearsal = saved.get().rehearsal();
    rehearsal
        .rows()
        .forEach((table, rows) -> {
          if (manifest.tables().containsKey(table)) {
            ofTable(table, rows, rehearsal.changedColumnsOf(table), found);
          }
        });
  }

  private static void ofTable(
      String table, RowsTouched rows, Optional<List<String>> changed, List<String> found) {
    if (rows.deleted() > 0) {
      found.add(
          "the migration removed %d rows of %s, which only the restore point has"
                  .formatted(rows.deleted(), table)
              + INSTEAD);
    }
    if (rows.updated() > 0 && changed.isEmpty()) {
      found.add(
          "the migration updated %d rows of %s, and which of their columns is not known"
                  .formatted(rows.updated(), table)
              + INSTEAD);
    }
    if (rows.updated() > 0 && !changed.orElse(List.of()).isEmpty()) {
      found.add(
          "the migration updated %d rows of %s and gave other values to %s; what these were is in the restore point alone"
                  .formatted(rows.updated(), table, String.join(", ", changed.orElseThrow()))
              + INSTEAD);
    }
  }

  private void ofDatabase(List<String> found) throws SQLException {
    try (Connection live = server.open(Purpose.RESCUE)) {
      for (String extension : Sql.column(live, EXTENSIONS)) {
        found.add(
            "the extension %s keeps rows of its own, which would not be taken along"
                    .formatted(extension)
                + INSTEAD);
      }
      if (Sql.number(live, SUBSCRIPTIONS) > 0) {
        found.add("the database subscribes to another one, which would go on with it" + INSTEAD);
      }
    }
  }
}
