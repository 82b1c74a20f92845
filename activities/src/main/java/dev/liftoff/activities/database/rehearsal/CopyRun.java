package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.SqlTrouble;
import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.activities.database.migration.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private final Map<Long, Long> counts = new TreeMap<>();
  private final List<Observed> observed = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();

  /**
   * @param restored rows of each table as the proof of the backup counted them; others are counted
   */
  CopyRun(Flyways flyways, Progress progress, Map<String, Long> restored) {
    this.flyways = flyways;
    this.progress = progress;
    this.restored = restored;
  }

  /**
   * What a run found.
   *
   * @param counts rows of each table by oid, before it
   * @param troubles one sentence each: a migration that fails, or is not the same a second time
   */
  record Result(
      CopyState before, Map<Long, Long> counts, List<Observed> observed, List<String> troubles) {}

  Result run() throws SQLException, IOException, InterruptedException {
    CopyState before = look(restored);
    analyze(before);
    Map<Long, Long> countsBefore = Map.copyOf(counts);
    if (segments()) {
      again();
    }
    return new Result(before, countsBefore, List.copyOf(observed), List.copyOf(troubles));
  }

  /** A dump has no planner statistics: without them the copy would work in other ways than live. */
  private void analyze(CopyState state) throws SQLException {
    List<String> tables =
        state.tables().values().stream().filter(Table::countable).map(Table::name).toList();
    if (tables.isEmpty()) {
      return;
    }
    progress.report("analyzing the copy");
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE " + String.join(", ", tables));
    }
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
      if (segment == null || !migrated(segment, number++)) {
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
    RehearsalCallback callback =
        new RehearsalCallback(segment, number, counts, this::open, progress);
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
    CopyState last = observed.isEmpty() ? look(restored) : observed.getLast().after();
    requireUnchanged(last, "an SQL callback changes the schema beside the migrations");
    // Only a callback can still change rows; without one nobody counts millions of them twice.
    Map<String, Long> trusted = hasCallbacks() ? Map.of() : named(last);
    CopyState once = look(trusted);
    Map<Long, Long> countsOnce = Map.copyOf(counts);
    for (MigrationInfo pending : flyways.pending()) {
      troubles.add(stillPending(pending));
    }
    flyways.configuration(flyways.server().spec().lockLimit()).load().migrate();
    requireUnchanged(once, "a second run changes the schema again");
    look(trusted);
    if (!countsOnce.equals(counts)) {
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
    try (Connection connection = open()) {
      CopyState now = CopyState.read(connection);
      if (!now.catalog().equals(expected.catalog()) || !now.rights().equals(expected.rights())) {
        troubles.add(sentence + "; put it into a migration (second-run)");
      }
    }
  }

  private Map<String, Long> named(CopyState state) {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((oid, rows) -> named.put(state.name(oid), rows));
    return named;
  }

  /** Counts the rows of each table whose number is not known. */
  private CopyState look(Map<String, Long> known) throws SQLException {
    try (Connection connection = open()) {
      CopyState state = CopyState.read(connection);
      counts.clear();
      for (Table table : state.tables().values()) {
        Long rows = known.get(table.name());
        if (rows != null && table.countable()) {
          counts.put(table.oid(), rows);
        } else if (table.countable()) {
          progress.report("counting " + table.name());
          counts.put(table.oid(), Counters.count(connection, table));
        }
      }
      return state;
    }
  }

  private Connection open() throws SQLException {
    PostgresServer server = flyways.server();
    return server.open(flyways.database(), Purpose.READ);
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
