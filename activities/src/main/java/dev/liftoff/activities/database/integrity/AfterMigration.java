package dev.liftoff.activities.database.integrity;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.ObjectRights;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.migration.History;
import dev.liftoff.activities.database.rescue.FrozenComparison;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the database after a migration with what was noted before it and with what the rehearsal
 * predicted; with its twin too, where writes are frozen. What was not noted or not rehearsed is not
 * compared.
 */
public record AfterMigration(PostgresServer server, LaunchFolder folder, Progress progress) {
  private static final String NOT_VALIDATED = " NOT VALID";

  /** One sentence for each thing that is not as it should be. Changes nothing. */
  public List<String> findings(Manifest before) throws SQLException, IOException {
    List<String> findings = new ArrayList<>();
    Optional<Prediction> prediction = Prediction.read(folder);
    if (prediction.isPresent()) {
      asRehearsed(prediction.get(), findings);
    }
    Map<String, RowsTouched> rows = prediction.map(Prediction::rows).orElse(Map.of());
    try (Connection connection = Canonical.of(server.open(Purpose.READ))) {
      connection.setAutoCommit(false);
      notValidated(connection, before, findings);
      progress.report("looking for rows that refer to nothing");
      findings.addAll(NewForeignKeys.orphans(connection, before.catalog().keySet()));
      findings.addAll(OwnedSequences.behind(connection, before.sequences().keySet(), filled(rows)));
    }
    asNoted(prediction, findings);
    if (prediction.isPresent()) {
      findings.addAll(
          new FrozenComparison(server, folder, progress)
              .findings(prediction.get().rehearsal(), before.xmin(), before.tables()));
    }
    return findings;
  }

  private void asRehearsed(Prediction prediction, List<String> findings) throws SQLException {
    try (Connection connection = server.open(Purpose.READ)) {
      if (server.spec().migration().command() == null) {
        history(History.read(connection, History.schema(connection)), prediction, findings);
      }
      if (!Catalog.read(Canonical.of(connection))
          .restoredFingerprint()
          .equals(prediction.fingerprint())) {
        findings.add("the schema is not the one that the rehearsal ended with");
      }
    }
  }

  private static void history(History live, Prediction prediction, List<String> findings) {
    String version = prediction.version().orElse(live.version());
    if (!live.version().equals(version)) {
      findings.add(
          "the schema is at version %s, and %s was rehearsed".formatted(live.version(), version));
    }
    List<String> applied = live.scriptsAfter(0);
    prediction.scripts().stream()
        .filter(script -> !applied.contains(script))
        .forEach(script -> findings.add(script + " is not in the history as applied"));
  }

  private static void notValidated(Connection connection, Manifest before, List<String> findings)
      throws SQLException {
    Catalog.read(connection)
        .facts()
        .forEach((subject, definition) -> {
          if (subject.startsWith("constraint ")
              && definition.endsWith(NOT_VALIDATED)
              && !before.catalog().containsKey(subject)) {
            findings.add("the new %s is not validated".formatted(subject));
          }
        });
  }

  private void asNoted(Optional<Prediction> prediction, List<String> findings)
      throws SQLException, IOException {
    Optional<BeforeMigration> noted = BeforeMigration.read(folder);
    BusinessChecks checks = new BusinessChecks(server);
    Map<String, String> answers = checks.ask(findings);
    if (noted.isPresent()) {
      findings.addAll(checks.changed(noted.get().answers(), answers));
      findings.addAll(
          ObjectRights.surprises(
              noted.get().rights(),
              BeforeMigration.rights(server),
              prediction.map(Prediction::changes).orElse(List.of())));
    }
  }

  private static Set<String> filled(Map<String, RowsTouched> rows) {
    Set<String> filled = new HashSet<>();
    rows.forEach((table, touched) -> {
      if (touched.inserted() > 0) {
        filled.add(table);
      }
    });
    return filled;
  }
}
