package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.migration.Segment;
import dev.liftoff.database.RowsTouched;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the copy before and after each migration of a segment, in the migration's own session
 * and transaction: what it did is seen exactly, before it is committed.
 */
final class RehearsalCallback implements Callback, AutoCloseable {

  /** Another session on the copy. */
  interface Sessions {
    Connection open() throws SQLException;
  }

  private final Segment segment;
  private final int number;
  private final Map<Long, Long> counts;
  private final Sessions outside;
  private final Progress progress;
  private final List<Observed> observed = new ArrayList<>();
  private @Nullable CopyState before;
  private Map<Long, RowsTouched> rowsBefore = Map.of();
  private @Nullable LockWatch watch;
  private @Nullable Connection watching;
  private long startedAt;
  private String script = "the migration";

  /**
   * @param counts rows of each table by oid, kept up to date
   */
  RehearsalCallback(
      Segment segment, int number, Map<Long, Long> counts, Sessions outside, Progress progress) {
    this.segment = segment;
    this.number = number;
    this.counts = counts;
    this.outside = outside;
    this.progress = progress;
  }

  /** The file that runs, or ran last. */
  String script() {
    return script;
  }

  List<Observed> observed() {
    return List.copyOf(observed);
  }

  @Override
  public boolean supports(Event event, Context context) {
    return switch (event) {
      case BEFORE_EACH_MIGRATE, AFTER_EACH_MIGRATE, AFTER_EACH_MIGRATE_ERROR -> true;
      default -> false;
    };
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      switch (event) {
        case BEFORE_EACH_MIGRATE -> begin(context.getConnection(), context.getMigrationInfo());
        case AFTER_EACH_MIGRATE -> end(context.getConnection(), context.getMigrationInfo());
        default -> endWatch();
      }
    } catch (SQLException unread) {
      throw new FlywayException("the effect of the migration could not be read", unread);
    }
  }

  @Override
  public String getCallbackName() {
    return "liftoff rehearsal";
  }

  private void begin(Connection connection, MigrationInfo migration) throws SQLException {
    script = migration.getScript();
    progress.report("rehearsing " + script);
    before = CopyState.read(connection);
    rowsBefore = rows(connection);
    int backend = Counters.backend(connection);
    watch = new LockWatch(watching(), watching -> Counters.locks(watching, backend));
    startedAt = System.nanoTime();
  }

  private void end(Connection connection, MigrationInfo migration) throws SQLException {
    long endedAt = System.nanoTime();
    Duration took = Duration.ofMillis((endedAt - startedAt) / 1_000_000);
    LockWatch watched = watch;
    watch = null;
    CopyState first = before;
    if (first == null || watched == null) {
      throw new IllegalStateException("a migration ended that did not begin: " + script);
    }
    Map<Long, Set<String>> kept =
        segment.transactional()
            ? Counters.locks(connection, Counters.backend(connection))
            : Map.of();
    Map<Long, Map<String, Duration>> held = watched.end(kept, endedAt);
    Map<Long, RowsTouched> rows = Counters.since(rowsBefore, rows(connection));
    CopyState after = CopyState.read(connection);
    // The rows of a materialized view are nobody's but its query's.
    rows.keySet().removeIf(oid -> !after.isTable(oid) && !first.isTable(oid));
    String version = migration.getVersion() == null ? "R" : migration.getVersion().getVersion();
    observed.add(
        new Observed(
            version,
            script,
            number,
            segment.transactional(),
            took,
            first,
            after,
            segment.transactional() ? kept : modes(held),
            held,
            rows,
            lost(connection, first, after, rows)));
  }

  private static Map<Long, Set<String>> modes(Map<Long, Map<String, Duration>> held) {
    Map<Long, Set<String>> modes = new TreeMap<>();
    held.forEach((oid, each) -> modes.put(oid, each.keySet()));
    return modes;
  }

  private void endWatch() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  private Connection watching() throws SQLException {
    if (watching == null) {
      watching = outside.open();
    }
    return watching;
  }

  @Override
  public void close() throws SQLException {
    endWatch();
    if (watching != null) {
      watching.close();
    }
  }

  private Map<Long, RowsTouched> rows(Connection connection) throws SQLException {
    return segment.transactional()
        ? Counters.inTransaction(connection)
        : Counters.committed(connection);
  }

  /** A table that is emptied counts no deleted rows; its storage tells. */
  private Map<Long, Long> lost(
      Connection connection, CopyState first, CopyState after, Map<Long, RowsTouched> rows)
      throws SQLException {
    Map<Long, Long> lost = new TreeMap<>();
    for (Table table : after.tables().values()) {
      long oid = table.oid();
      RowsTouched touched = rows.getOrDefault(oid, new RowsTouched(0, 0, 0));
      long expected = counts.getOrDefault(oid, 0L) + touched.inserted() - touched.deleted();
      Table old = first.tables().get(oid);
      boolean sameStorage = old != null && old.storage() == table.storage();
      long now =
          sameStorage || !table.kind().equals("r") ? expected : Counters.count(connection, table);
      if (now < expected && old != null) {
        lost.put(oid, expected - now);
      }
      counts.put(oid, now);
    }
    return lost;
  }
}
