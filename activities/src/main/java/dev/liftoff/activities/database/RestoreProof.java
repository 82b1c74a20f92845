package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.database.Proof;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores a restore point beside the live database and compares all of it with what it was in its
 * snapshot. Both comparisons, of files and of rows, are shown something that was changed on purpose
 * in every run: one that notices nothing is {@code BACKUP_FAILED}.
 *
 * @param jobs processes of pg_restore, and connections that compare, at the same time
 */
public record RestoreProof(
    PostgresServer server,
    @Nullable Path binaries,
    int jobs,
    Progress progress,
    ContentReader reader,
    Manifest.FileReader files) {
  private static final Logger log = LoggerFactory.getLogger(RestoreProof.class);

  /**
   * A crash of the server loses the copy, which is then made again: no commit waits for the disk.
   */
  private static final String EXPENDABLE = " -c synchronous_commit=off";

  /** A seam for the test of the comparison itself. */
  public interface ContentReader {
    TableState read(Connection connection, String table) throws SQLException;
  }

  public RestoreProof(
      PostgresServer server,
      @Nullable Path binaries,
      int jobs,
      Progress progress,
      ContentReader reader) {
    this(server, binaries, jobs, progress, reader, Sha256::of);
  }

  /** The proof; nothing of it stays but its report. */
  public Proof prove(RestorePoint point) throws SQLException, IOException, InterruptedException {
    return prove(point, false);
  }

  /**
   * The proof; where it succeeds, the restored copy stays for the rehearsal, which finds it by
   * {@link Scratch#take}. Repeating with the copy in place checks the files only, and answers what
   * was found before.
   */
  public Proof proveAndKeep(RestorePoint point)
      throws SQLException, IOException, InterruptedException {
    return prove(point, true);
  }

  private Proof prove(RestorePoint point, boolean keep)
      throws SQLException, IOException, InterruptedException {
    Path folder = Path.of(point.folder());
    if (!Files.isDirectory(folder)) {
      throw failed(
          "the restore point %s is not on this worker's host; let the launch's steps run on one host"
              .formatted(folder));
    }
    Laps laps = new Laps();
    progress.report("checking the checksums of the restore point");
    List<String> damage = damage(point, folder);
    laps.end("checksums");
    Findings findings =
        damage.isEmpty()
            ? restored(point, Manifest.read(folder), keep, laps)
            : new Findings(damage, ProofLevel.L0, "");
    return reported(point, findings, laps);
  }

  private List<String> damage(RestorePoint point, Path folder)
      throws SQLException, IOException, InterruptedException {
    return files.read(folder.resolve(Manifest.NAME)).equals(point.manifestSha256())
        ? Manifest.read(folder).damage(folder, jobs, files)
        : List.of("the manifest of the restore point has another checksum than when it was saved");
  }

  private Findings restored(RestorePoint point, Manifest manifest, boolean keep, Laps laps)
      throws SQLException, IOException, InterruptedException {
    Scratch scratch = new Scratch(server);
    boolean stays = false;
    try (Connection live = server.open(Purpose.PROOF)) {
      server.requireUsable(live);
      Optional<VerifyReport> known = known(point, scratch, live);
      if (keep && known.isPresent()) {
        stays = true;
        return Findings.of(known.get());
      }
      server.endSessions(live, Purpose.PROOF);
      scratch.create(live);
      Findings findings = compared(point, manifest, scratch, live, laps);
      if (keep && findings.proven()) {
        report(point, findings, laps).write(Path.of(point.folder()));
        scratch.markProven(live, point.manifestSha256());
        stays = true;
      }
      return findings;
    } catch (ToolFailed restore) {
      if (restore.outage()) {
        throw new SQLException(restore.sentence(), restore);
      }
      return new Findings(List.of(restore.sentence()), ProofLevel.L1, "");
    } finally {
      if (!stays) {
        scratch.close();
      }
    }
  }

  private static Optional<VerifyReport> known(RestorePoint point, Scratch scratch, Connection live)
      throws SQLException, IOException {
    return scratch.provenFrom(live).equals(Optional.of(point.manifestSha256()))
        ? VerifyReport.read(Path.of(point.folder()), point.manifestSha256())
        : Optional.empty();
  }

  private Findings compared(
      RestorePoint point, Manifest manifest, Scratch scratch, Connection live, Laps laps)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    progress.report("restoring into " + scratch.name());
    restore(Path.of(point.folder()), manifest, scratch, live);
    laps.end("restore");
    try (Connection copy = scratch.open()) {
      copy.setAutoCommit(false);
      List<String> differences = compare(copy, scratch, manifest);
      laps.end("comparison");
      if (!differences.isEmpty()) {
        return new Findings(differences, ProofLevel.L1, "");
      }
      Findings controlled = controlled(copy, manifest, Path.of(point.folder()));
      copy.rollback();
      laps.end("negative control");
      return controlled;
    }
  }

  private void restore(Path folder, Manifest manifest, Scratch scratch, Connection live)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    List<String> arguments =
        List.of(
            "--jobs=" + TableSums.jobsFor(manifest.tableBytes(), jobs),
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            "--no-comments",
            "--no-publications",
            "--no-subscriptions",
            "--no-password",
            "--dbname=" + scratch.name(),
            folder.resolve(Backup.DUMP).toString());
    Map<String, String> environment = server.toolEnvironment(scratch.name(), Purpose.PROOF);
    environment.merge("PGOPTIONS", EXPENDABLE, String::concat);
    try (Tool restore =
        PostgresTools.fitting(live.getMetaData().getDatabaseMajorVersion(), binaries)
            .start("pg_restore", arguments, environment)) {
      restore.await(server.spec().backupLimit());
    }
  }

  private List<String> compare(Connection copy, Scratch scratch, Manifest manifest)
      throws SQLException, IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    compareSchema(copy, manifest, differences);
    compareTables(copy, scratch, manifest, differences);
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
      Connection copy, Scratch scratch, Manifest manifest, List<String> differences)
      throws SQLException, IOException, InterruptedException {
    Map<String, Long> sizes = new TreeMap<>();
    for (String table : TableContents.tables(copy)) {
      if (manifest.tables().containsKey(table)) {
        sizes.put(table, manifest.bytes(table));
      }
    }
    new TableSums(copy, () -> another(scratch), jobs, reader, progress)
        .read(sizes)
        .forEach((table, restored) ->
            difference(
                table,
                Objects.requireNonNull(manifest.tables().get(table)),
                restored,
                differences));
  }

  private static Connection another(Scratch scratch) throws SQLException {
    Connection another = scratch.open();
    another.setAutoCommit(false);
    return another;
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
  private Findings controlled(Connection copy, Manifest manifest, Path folder)
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

  private Proof reported(RestorePoint point, Findings findings, Laps laps) throws IOException {
    VerifyReport report = report(point, findings, laps);
    report.write(Path.of(point.folder()));
    log.info(
        "restore point compared launch={} level={} mismatches={} milliseconds={}",
        server.launch(),
        report.level(),
        report.mismatches().size(),
        report.timings());
    return report.proof();
  }

  private VerifyReport report(RestorePoint point, Findings findings, Laps laps) {
    return new VerifyReport(
        server.launch(),
        point.manifestSha256(),
        Instant.now(),
        findings.level(),
        findings.proven(),
        point.tables().size(),
        point.tables().values().stream().mapToLong(TableState::rows).sum(),
        findings.mismatches(),
        findings.negativeControl(),
        laps.milliseconds());
  }

  private record Findings(List<String> mismatches, ProofLevel level, String negativeControl) {
    static Findings of(VerifyReport report) {
      return new Findings(report.mismatches(), report.level(), report.negativeControl());
    }

    boolean proven() {
      return mismatches.isEmpty() && level.isVerified();
    }
  }

  private static RuntimeException failed(String sentence) {
    return FailureType.BACKUP_FAILED.permanent(sentence);
  }
}
