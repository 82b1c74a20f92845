package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.SqlTrouble;
import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.activities.database.migration.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;

/** Runs what is pending on the copy, in the segments of the live run, and then once more. */
final class CopyRun {
  private static final int UNKNOWN = -1;

  /** The tool's time stamp, which a repeatable migration may hold, changes each second. */
  private static final Duration STAMP = Duration.ofSeconds(1);

  private final Flyways flyways;
  private final Progress progress;
  private final Map<String, Long> restored;
  private final CopyTables tables;
  private final ChangedColumns columns;
  private final List<Observed> observed = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();

  /**
   * @param restored rows of each table as the proof of the backup counted them; others are counted
   */
  CopyRun(Flyways flyways, Progress progress, Map<String, Long> restored) {
    this.flyways = flyways;
    this.progress = progress;
    this.restored = restored;
    this.tables = new CopyTables(flyways.server(), flyways.database(), progress);
    this.columns = new ChangedColumns(tables);
  }

  /**
   * What a run found.
   *
   * @param counts rows of each table by oid, before it
   * @param troubles one sentence each: a migration that fails, or is not the same a second time
   * @param changedColumns of rows that were there before, by table, where that is known
   */
  record Result(
      CopyState before,
      Map<Long, Long> counts,
      List<Observed> observed,
      List<String> troubles,
      Map<String, List<String>> changedColumns) {}

  Result run() throws SQLException, IOException, InterruptedException {
    CopyState before = tables.look(restored);
    tables.analyze(before);
    Map<Long, Long> countsBefore = Map.copyOf(tables.counts());
    if (segments()) {
      again();
    }
    return new Result(
        before, countsBefore, List.copyOf(observed), List.copyOf(troubles), columns.all(before));
  }

  /** False when one of them failed. */
  private boolean segments() throws SQLException {
    int number = 0;
    int left = Integer.MAX_VALUE;
    for (MigrationInfo[] pending = flyways.pending();
        pending.length > 0;
        pending = flyways.pending()) {
      if (pending.length >= left) {
        troubles.add(stillPending(pending[0]));
        return false;
      }
      left = pending.length;
      Segment segment = segment(pending);
      int place = number++;
      if (segment == null || !columns.during(segment, observed, () -> migrated(segment, place))) {
        return false;
      }
    }
    return true;
  }

  /** Null when the tool refuses its first file as it reads it. */
  private @Nullable Segment segment(MigrationInfo[] pending) {
    try {
      return Segment.firstOf(pending);
    } catch (FlywayException refused) {
      troubles.add(
          "%s: %s (sql-failure)".formatted(pending[0].getScript(), Flyways.sentence(refused)));
      return null;
    }
  }

  private boolean migrated(Segment segment, int number) throws SQLException {
    try (RehearsalCallback callback =
        new RehearsalCallback(segment, number, tables.counts(), tables::open, progress)) {
      return migrated(segment, callback);
    }
  }

  private boolean migrated(Segment segment, RehearsalCallback callback) throws SQLException {
    try {
      segment
          .limit(flyways.configuration(segment.lockLimit(flyways.server().spec().lockLimit())))
          .callbacks(callback)
          .load()
          .migrate();
      return true;
    } catch (FlywayException failed) {
      troubles.add(sentence(failed, callback.script()));
      return false;
    } finally {
      observed.addAll(callback.observed());
    }
  }

  /** With nothing pending, nothing may happen. */
  private void again() throws SQLException, IOException, InterruptedException {
    if (observed.stream().anyMatch(each -> each.version().equals("R"))) {
      Thread.sleep(STAMP);
    }
    progress.report("running the migrations a second time");
    CopyState last = observed.isEmpty() ? tables.look(restored) : observed.getLast().after();
    requireUnchanged(last, "an SQL callback changes the schema beside the migrations");
    // Only a callback can still change rows; without one nobody counts millions of them twice.
    Map<String, Long> trusted = hasCallbacks() ? Map.of() : tables.named(last);
    CopyState once = tables.look(trusted);
    Map<Long, Long> countsOnce = Map.copyOf(tables.counts());
    for (MigrationInfo pending : flyways.pending()) {
      troubles.add(stillPending(pending));
    }
    flyways.configuration(flyways.server().spec().lockLimit()).load().migrate();
    requireUnchanged(once, "a second run changes the schema again");
    CopyState _ = tables.look(trusted);
    if (!countsOnce.equals(tables.counts())) {
      troubles.add(
          "a second run changes rows again; make it leave alone what is done, an SQL callback for example (second-run)");
    }
  }

  private boolean hasCallbacks() throws IOException {
    try (Stream<Path> files = Files.walk(flyways.migrations())) {
      return files.map(Path::toString).anyMatch(FileRules::isCallback);
    }
  }

  private static String stillPending(MigrationInfo migration) {
    return "%s stays pending after it was applied: it would be applied at every run; give it a text that stays the same (second-run)"
        .formatted(migration.getScript());
  }

  private void requireUnchanged(CopyState expected, String sentence) throws SQLException {
    try (Connection connection = tables.open()) {
      CopyState now = CopyState.read(connection);
      if (!now.catalog().equals(expected.catalog()) || !now.rights().equals(expected.rights())) {
        troubles.add(sentence + "; put it into a migration (second-run)");
      }
    }
  }

  /** An outage is thrown: the migration is not to blame. */
  private static String sentence(FlywayException failed, String script) throws SQLException {
    SQLException trouble = SqlTrouble.in(failed);
    if (trouble == null) {
      return Flyways.sentence(failed) + " (sql-failure)";
    }
    if (SqlTrouble.isOutage(trouble)) {
      throw trouble;
    }
    int line = line(failed);
    return "%s%s fails: %s (SQLSTATE %s); it would fail on the live database too: correct it (sql-failure)"
        .formatted(
            script,
            line == UNKNOWN ? "" : ", line " + line + ",",
            SqlTrouble.sentence(trouble),
            SqlTrouble.state(trouble));
  }

  private static int line(FlywayException failed) {
    return failed instanceof FlywayMigrateException known && known.getLineNumber() > 0
        ? known.getLineNumber()
        : UNKNOWN;
  }
}
