package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.database.RescuePlan;
import dev.liftoff.database.RowsTouched;
import dev.liftoff.database.Writes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a rescue would take along and what it would leave behind, while the service goes on.
 * Does not change the live database, and may be repeated: the numbers grow. Where the migration ran
 * while the service wrote, the twin is made first.
 *
 * @param binaries folder of {@code pg_restore}; null to find one that fits
 */
public record RescuePlanning(
    PostgresServer server, LaunchFolder folder, @Nullable Path binaries, Progress progress) {
  /** Rows that are loaded each second; 26,000 took 9 s on a busy machine, database.md 2. */
  private static final long ROWS_PER_SECOND = 5_000;

  /** Keeping the service out, renaming, letting it in. */
  private static final Duration TURNOVER = Duration.ofSeconds(2);

  /** Without an anchor or a barrier, the plan has nothing but that obstacle. */
  public RescuePlan plan() throws SQLException, IOException, InterruptedException {
    AnchorNote known = AnchorNote.read(folder);
    try (Connection outside = Outside.open(server)) {
      if (known != null && new Swap(server, known).done(outside)) {
        return impossible(
            List.of("the twin is the live database already; there is nothing to rescue"));
      }
    }
    if (server.spec().migration().writes() == Writes.ONLINE) {
      List<String> reasons = new LateTwin(server, folder, binaries, progress).make();
      if (!reasons.isEmpty()) {
        return impossible(reasons);
      }
    }
    return planned();
  }

  private RescuePlan planned() throws SQLException, IOException {
    AnchorNote anchor = AnchorNote.read(folder);
    BarrierNote barrier = BarrierNote.read(folder);
    if (anchor == null || barrier == null) {
      return impossible(
          List.of(
              "a rescue needs the twin that a migration of frozen writes makes, and the barrier at its end; use rollback, repair the schema forward, and read old values in a copy of the restore point"));
    }
    try (Connection outside = Outside.open(server)) {
      if (!Twin.stands(outside, anchor)) {
        return impossible(List.of(Rescue.gone(anchor)));
      }
    }
    try (Pair pair = Pair.open(server, anchor)) {
      return plan(pair, anchor, barrier);
    }
  }

  private RescuePlan plan(Pair pair, AnchorNote anchor, BarrierNote barrier)
      throws SQLException, IOException {
    Instant begin = Instant.now();
    Epoch epoch = Epoch.of(anchor, barrier);
    Map<String, Counted> counted = new TreeMap<>();
    for (Shape shape : pair.shapes()) {
      progress.report("counting what was written to " + shape.table());
      counted.put(shape.table(), Counted.of(pair, shape, epoch));
    }
    Map<String, RowsTouched> rows = new TreeMap<>();
    counted.forEach((table, count) -> {
      if (!count.rows().equals(new RowsTouched(0, 0, 0))) {
        rows.put(table, count.rows());
      }
    });
    return new RescuePlan(
        anchor.twin(),
        new Swap(server, anchor).post(),
        rows,
        notRepresentable(pair, anchor.late() ? "true" : epoch.service()),
        downtime(begin, rows, anchor.bytes()),
        new Obstacles(server, folder, pair, anchor, barrier).found(counted),
        anchor.late() ? new LateNotes(pair, folder).all() : notes(counted));
  }

  /** Where nothing was frozen, nobody knows who wrote a new column: all of its values count. */
  private static Map<String, Long> notRepresentable(Pair pair, String written) throws SQLException {
    Map<String, Long> left = new TreeMap<>();
    for (Shape shape : pair.shapes()) {
      for (String column : shape.added()) {
        String count = shape.select(List.of("count(liftoff_row.%s)".formatted(column)), written);
        left.put(shape.table() + "." + column, Sql.number(pair.live(), count));
      }
    }
    for (String table : pair.newTables()) {
      left.put(table, Sql.number(pair.live(), "SELECT count(*) FROM ONLY " + table));
    }
    left.values().removeIf(count -> count == 0);
    return left;
  }

  private static Duration downtime(Instant begin, Map<String, RowsTouched> rows, long bytes) {
    long changed = rows.values().stream().mapToLong(row -> row.inserted() + row.updated()).sum();
    return TURNOVER
        .plus(Duration.between(begin, Instant.now()).multipliedBy(2))
        .plusSeconds(changed / ROWS_PER_SECOND)
        .plus(Twin.predicted(bytes));
  }

  private static List<String> notes(Map<String, Counted> counted) {
    List<String> notes = new ArrayList<>();
    counted.forEach((table, count) -> {
      if (count.migrated() > count.migrationAdded()) {
        notes.add(
            "%d rows of %s were last written by the migration; they get the values from before it"
                .formatted(count.migrated() - count.migrationAdded(), table));
      }
      if (count.migrationAdded() > 0) {
        notes.add(
            "%d rows of %s were added by the migration; they are kept"
                .formatted(count.migrationAdded(), table));
      }
    });
    return notes;
  }

  private static RescuePlan impossible(List<String> obstacles) {
    return new RescuePlan("none", "none", Map.of(), Map.of(), Duration.ZERO, obstacles, List.of());
  }
}
