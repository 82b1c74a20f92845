package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.database.Proof;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores a restore point beside the live database and compares all of it with what it was in its
 * snapshot.
 */
public record RestoreProof(
    PostgresServer server,
    @Nullable Path binaries,
    int jobs,
    Progress progress,
    ContentReader reader) {
  private static final Logger log = LoggerFactory.getLogger(RestoreProof.class);

  /** A seam for the test of the comparison itself. */
  public interface ContentReader {
    TableState read(Connection connection, String table) throws SQLException;
  }

  public Proof prove(RestorePoint point) throws SQLException, IOException, InterruptedException {
    Path folder = Path.of(point.folder());
    if (!Files.isDirectory(folder)) {
      throw failed(
          "the restore point %s is not on this worker's host; let the launch's steps run on one host"
              .formatted(folder));
    }
    progress.report("checking the checksums of the restore point");
    if (!Manifest.sha256(folder).equals(point.manifestSha256())) {
      return verdict(
          point,
          List.of("the manifest of the restore point has another checksum than when it was saved"));
    }
    Manifest manifest = Manifest.read(folder);
    List<String> damage = manifest.damage(folder, jobs);
    return damage.isEmpty() ? restored(point, manifest) : verdict(point, damage);
  }

  private Proof restored(RestorePoint point, Manifest manifest)
      throws SQLException, IOException, InterruptedException {
    server.endSessions(Purpose.PROOF);
    try (Scratch scratch = new Scratch(server)) {
      scratch.create();
      progress.report("restoring into " + scratch.name());
      restore(Path.of(point.folder()), scratch);
      List<String> differences = compare(scratch, manifest);
      if (differences.isEmpty()) {
        requireAnotherAnswerAfterAChange(scratch, manifest);
      }
      return verdict(point, differences);
    } catch (ToolFailed restore) {
      if (restore.outage()) {
        throw new SQLException(restore.sentence(), restore);
      }
      return verdict(point, List.of(restore.sentence()));
    }
  }

  private void restore(Path folder, Scratch scratch)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    List<String> arguments =
        List.of(
            "--jobs=" + jobs,
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            "--no-comments",
            "--no-publications",
            "--no-subscriptions",
            "--no-password",
            "--dbname=" + scratch.name(),
            folder.resolve("dump").toString());
    Map<String, String> environment = server.toolEnvironment(scratch.name(), Purpose.PROOF);
    try (Connection connection = server.open(Purpose.PROOF);
        Tool restore =
            PostgresTools.fitting(connection.getMetaData().getDatabaseMajorVersion(), binaries)
                .start("pg_restore", arguments, environment)) {
      restore.await(server.spec().backupLimit());
    }
  }

  private List<String> compare(Scratch scratch, Manifest manifest) throws SQLException {
    try (Connection connection = scratch.open()) {
      connection.setAutoCommit(false);
      List<String> differences = new ArrayList<>();
      compareSchema(connection, manifest, differences);
      compareTables(connection, manifest, differences);
      compareSequences(connection, manifest, differences);
      return differences;
    }
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

  private void compareTables(Connection connection, Manifest manifest, List<String> differences)
      throws SQLException {
    List<String> restored = TableContents.tables(connection);
    int done = 0;
    for (Map.Entry<String, TableState> each : manifest.tables().entrySet()) {
      String table = each.getKey();
      progress.report(
          "comparing %s, %d of %d tables".formatted(table, ++done, manifest.tables().size()));
      if (restored.contains(table)) {
        difference(table, each.getValue(), reader.read(connection, table), differences);
      }
    }
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

  /** A comparison that cannot fail proves nothing. */
  private void requireAnotherAnswerAfterAChange(Scratch scratch, Manifest manifest)
      throws SQLException {
    try (Connection connection = scratch.open()) {
      connection.setAutoCommit(false);
      String changed = OneRow.change(connection, manifest.tables());
      if (changed == null) {
        log.warn("no row could be changed to test the comparison launch={}", server.launch());
        return;
      }
      TableState before = Objects.requireNonNull(manifest.tables().get(changed));
      if (reader.read(connection, changed).equals(before)) {
        throw failed(
            "the comparison did not notice a row of %s that was changed on purpose; it proves nothing"
                .formatted(changed));
      }
    }
  }

  private static Proof verdict(RestorePoint point, List<String> differences) {
    long rows = point.tables().values().stream().mapToLong(TableState::rows).sum();
    return new Proof(differences.isEmpty(), point.tables().size(), rows, differences);
  }

  private static RuntimeException failed(String sentence) {
    return FailureType.BACKUP_FAILED.permanent(sentence);
  }
}
