package dev.liftoff.activities.database.proof;

import dev.liftoff.FailureType;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.activities.database.backup.TableSums;
import dev.liftoff.activities.database.backup.VerifyReport;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Compares a copy of a database with the manifest of its restore point, all of it. */
public record Comparison(
    int jobs, Progress progress, TableSums.ContentReader reader, Manifest.FileReader files) {

  /** What was found, and how much that proves. */
  public record Findings(List<String> mismatches, ProofLevel level, String negativeControl) {
    static Findings of(VerifyReport report) {
      return new Findings(report.mismatches(), report.level(), report.negativeControl());
    }

    public boolean proven() {
      return mismatches.isEmpty() && level.isVerified();
    }
  }

  /**
   * One sentence for each thing in which the copy is not what the manifest says.
   *
   * @param copy in a transaction
   * @param another opens another one to the copy
   */
  public List<String> differences(Connection copy, TableSums.Another another, Manifest manifest)
      throws SQLException, IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    compareSchema(copy, manifest, differences);
    compareTables(copy, another, manifest, differences);
    compareSequences(copy, manifest, differences);
    return differences;
  }

  private static void compareSchema(
      Connection connection, Manifest manifest, List<String> differences) throws SQLException {
    Map<String, String> expected = new Catalog(manifest.catalog()).asRestored().facts();
    Map<String, String> restored = Catalog.read(connection).asRestored().facts();
    expected.forEach((subject, definition) -> {
      if (!restored.containsKey(subject)) {
        differences.add(subject + " did not come back");
      } else if (!definition.equals(restored.remove(subject))) {
        differences.add(subject + " came back with another definition");
      }
    });
    restored.keySet().stream()
        .filter(subject -> !expected.containsKey(subject))
        .forEach(subject -> differences.add(subject + " came back and was not there before"));
  }

  /** A table that did not come back is a difference of the schema already. */
  private void compareTables(
      Connection copy, TableSums.Another another, Manifest manifest, List<String> differences)
      throws SQLException, IOException, InterruptedException {
    Map<String, Long> sizes = new TreeMap<>();
    for (String table : TableContents.tables(copy)) {
      if (manifest.tables().containsKey(table)) {
        sizes.put(table, manifest.bytes(table));
      }
    }
    new TableSums(copy, another, jobs, reader, progress)
        .read(sizes)
        .forEach((table, restored) ->
            difference(
                table,
                Objects.requireNonNull(manifest.tables().get(table)),
                restored,
                differences));
  }

  private static void difference(
      String table, TableState expected, TableState restored, List<String> differences) {
    if (expected.rows() != restored.rows()) {
      differences.add(
          "%s came back with %d rows, it had %d"
              .formatted(table, restored.rows(), expected.rows()));
    } else if (!expected.equals(restored)) {
      differences.add(
          "%s came back with %d rows of other content than it had"
              .formatted(table, expected.rows()));
    }
  }

  private static void compareSequences(
      Connection connection, Manifest manifest, List<String> differences) throws SQLException {
    Map<String, Long> restored = TableContents.sequences(connection);
    manifest
        .sequences()
        .forEach((sequence, position) -> {
          if (restored.getOrDefault(sequence, Long.MIN_VALUE) < position) {
            differences.add("sequence %s came back behind the value it had".formatted(sequence));
          }
        });
  }

  /**
   * A comparison that cannot fail proves nothing: it is shown a changed file and a changed row, and
   * leaves the row changed in the transaction of {@code copy}.
   */
  public Findings controlled(Connection copy, Manifest manifest, Path folder)
      throws SQLException, IOException {
    List<String> controls = new ArrayList<>();
    Optional<Manifest.SavedFile> file = FlippedByte.victim(manifest);
    if (file.isPresent()) {
      if (!FlippedByte.isNoticed(file.get(), folder, files)) {
        throw broken("a byte of %s that was flipped".formatted(file.get().path()));
      }
      controls.add("a flipped byte of %s was noticed".formatted(file.get().path()));
    }
    if (manifest.rows() == 0) {
      controls.add("no table has a row to change");
      return new Findings(List.of(), ProofLevel.L3, String.join("; ", controls));
    }
    String changed = OneRow.change(copy, manifest.tables());
    if (changed == null) {
      return new Findings(
          List.of("no row of any table could be changed to test the comparison"),
          ProofLevel.L1,
          String.join("; ", controls));
    }
    if (reader.read(copy, changed).equals(manifest.tables().get(changed))) {
      throw broken("a row of %s that was changed".formatted(changed));
    }
    controls.add("a changed row of %s was noticed".formatted(changed));
    return new Findings(List.of(), ProofLevel.L3, String.join("; ", controls));
  }

  private static RuntimeException broken(String what) {
    return failed(
        "VERIFIER_BROKEN: the comparison did not notice %s on purpose; it proves nothing"
            .formatted(what));
  }

  private static RuntimeException failed(String sentence) {
    return FailureType.BACKUP_FAILED.permanent(sentence);
  }
}
