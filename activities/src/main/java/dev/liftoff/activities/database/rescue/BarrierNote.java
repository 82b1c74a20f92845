package dev.liftoff.activities.database.rescue;

import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.database.Barrier;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the service began to write on the new schema, {@code barrier.json}.
 *
 * @param statistics when the server's counters were last set to zero; empty for never
 * @param counters what was done to rows until then, by table
 * @param storage where the server keeps each table: another place means that it was rewritten or
 *     emptied since
 * @param removed rows of the twin that the migration removed, by table
 */
record BarrierNote(
    Instant at,
    String xmin,
    String walPosition,
    String statistics,
    Map<String, RowsTouched> counters,
    Map<String, Long> storage,
    Map<String, Long> removed) {
  private static final String MOMENT =
      "SELECT pg_snapshot_xmin(pg_current_snapshot())::xid, pg_current_wal_lsn()";
  private static final String STATISTICS =
      "SELECT coalesce(stats_reset::text, '') FROM pg_stat_database WHERE datname = current_database()";
  private static final String TABLES =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), pg_relation_filenode(c.oid),
             pg_stat_get_tuples_inserted(c.oid), pg_stat_get_tuples_updated(c.oid),
             pg_stat_get_tuples_deleted(c.oid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      """;

  BarrierNote {
    counters = new TreeMap<>(counters);
    storage = new TreeMap<>(storage);
    removed = new TreeMap<>(removed);
  }

  static BarrierNote now(Connection connection) throws SQLException {
    Map<String, RowsTouched> counters = new HashMap<>();
    Map<String, Long> storage = new HashMap<>();
    for (String[] row : Sql.rows(connection, 5, TABLES)) {
      storage.put(row[0], Long.parseLong(row[1]));
      counters.put(
          row[0],
          new RowsTouched(Long.parseLong(row[2]), Long.parseLong(row[3]), Long.parseLong(row[4])));
    }
    String[] moment = Sql.rows(connection, 2, MOMENT).getFirst();
    String statistics = String.valueOf(Sql.value(connection, STATISTICS));
    return new BarrierNote(
        Instant.now(), moment[0], moment[1], statistics, counters, storage, Map.of());
  }

  BarrierNote with(Map<String, Long> rowsRemoved) {
    return new BarrierNote(at, xmin, walPosition, statistics, counters, storage, rowsRemoved);
  }

  static @Nullable BarrierNote read(LaunchFolder folder) throws IOException {
    Path file = file(folder);
    return Files.exists(file)
        ? Payloads.mapper().readValue(file.toFile(), BarrierNote.class)
        : null;
  }

  void write(LaunchFolder folder) throws IOException {
    folder.write(file(folder), Payloads.mapper().writeValueAsBytes(this));
  }

  Barrier barrier() {
    return new Barrier(at, xmin, walPosition);
  }

  private static Path file(LaunchFolder folder) {
    return folder.path().resolve("barrier.json");
  }
}
