package dev.liftoff.activities.database.integrity;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.backup.SavedTable;
import dev.liftoff.activities.database.migration.History;
import dev.liftoff.activities.database.migration.MigrationStart;
import dev.liftoff.activities.database.migration.MigrationTrace;
import dev.liftoff.database.Integrity;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares the live database, which goes on growing, with its restore point. */
public record IntegrityCheck(PostgresServer server, LaunchFolder folder, Progress progress) {
  private static final String INVALID_INDEXES =
      """
      SELECT 'index ' || i.indexrelid::regclass || ' of ' || i.indrelid::regclass || ' is invalid'
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relnamespace <> 'pg_toast'::regnamespace
      ORDER BY 1
      """;

  public Integrity compare(RestorePoint before) throws SQLException, IOException {
    Manifest manifest = Manifest.read(Path.of(before.folder()));
    try (Connection connection = Canonical.of(server.open(Purpose.READ))) {
      connection.setAutoCommit(false);
      List<String> findings = new ArrayList<>();
      long rows = tables(connection, before, manifest, findings);
      invalidIndexes(connection, findings);
      constraints(connection, manifest, findings);
      sequences(connection, manifest, findings);
      findings.addAll(new AfterMigration(server, folder, progress).findings(manifest));
      return new Integrity(findings.isEmpty(), before.tables().size(), rows, findings);
    }
  }

  private long tables(
      Connection connection, RestorePoint before, Manifest manifest, List<String> findings)
      throws SQLException, IOException {
    Suspicion suspicion = suspicion();
    Set<String> live = new HashSet<>(TableContents.tables(connection));
    long rows = 0;
    for (String table : before.tables().keySet()) {
      progress.report("comparing " + table);
      if (!live.contains(table)) {
        findings.add("table %s is gone".formatted(table));
        continue;
      }
      long count = TableContents.count(connection, table);
      rows += count;
      if (suspicion.deleted().containsKey(table)) {
        findings.add(
            "the migration removed %d rows of %s".formatted(suspicion.deleted().get(table), table));
      } else if (suspicion.of(table)) {
        lost(connection, table, count, before, manifest, findings);
      }
    }
    return rows;
  }

  private static void lost(
      Connection connection,
      String table,
      long count,
      RestorePoint before,
      Manifest manifest,
      List<String> findings)
      throws SQLException, IOException {
    long expected = Objects.requireNonNull(before.tables().get(table)).rows();
    SavedTable saved = manifest.saved().get(table);
    if (saved == null || saved.key().isEmpty()) {
      if (count < expected) {
        findings.add("table %s has %d rows, it had %d".formatted(table, count, expected));
      }
      return;
    }
    if (!PrimaryKeys.columns(connection, table).equals(saved.key())) {
      findings.add("table %s has another primary key than it had".formatted(table));
      return;
    }
    long missing = PrimaryKeys.missing(connection, table, saved, Path.of(before.folder()));
    if (missing > 0) {
      findings.add(
          "table %s lost %d of the %d rows that it had".formatted(table, missing, expected));
    }
  }

  private static void invalidIndexes(Connection connection, List<String> findings)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(INVALID_INDEXES)) {
      while (result.next()) {
        findings.add(result.getString(1));
      }
    }
  }

  private static void constraints(Connection connection, Manifest manifest, List<String> findings)
      throws SQLException {
    Map<String, String> live = Catalog.read(connection).facts();
    manifest
        .catalog()
        .forEach((subject, definition) -> {
          boolean wasValid = subject.startsWith("constraint ") && isValidated(definition);
          if (wasValid && live.containsKey(subject) && !isValidated(live.get(subject))) {
            findings.add(subject + " is not validated any more");
          }
        });
  }

  private static void sequences(Connection connection, Manifest manifest, List<String> findings)
      throws SQLException {
    Map<String, Long> live = TableContents.sequences(connection);
    manifest
        .sequences()
        .forEach((sequence, position) -> {
          Long now = live.get(sequence);
          if (now != null && now < position) {
            findings.add(
                "sequence %s is behind the value it had; it would give values a second time"
                    .formatted(sequence));
          }
        });
  }

  private static boolean isValidated(String definition) {
    return !definition.endsWith(" NOT VALID");
  }

  private Suspicion suspicion() throws SQLException, IOException {
    if (!Files.exists(folder.migrationStart())) {
      return new Suspicion(new MigrationTrace(List.of()), false);
    }
    MigrationTrace trace = MigrationTrace.read(folder);
    if (server.spec().migration().command() != null) {
      return new Suspicion(trace, !trace.steps().isEmpty());
    }
    List<String> applied = History.read(server).scriptsAfter(MigrationStart.read(folder).rank());
    return new Suspicion(trace.only(applied), trace.covers(applied));
  }

  /**
   * Which tables may have lost rows through the migration.
   *
   * @param known everything that was applied has been traced, so rows that are gone from other
   *     tables were removed by the service
   */
  private record Suspicion(MigrationTrace trace, boolean known) {
    Map<String, Long> deleted() {
      return trace.deleted();
    }

    boolean of(String table) {
      return !known || trace.rewrote(table);
    }
  }
}
