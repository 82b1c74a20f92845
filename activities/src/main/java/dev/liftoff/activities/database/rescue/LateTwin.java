package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.ToolFailed;
import dev.liftoff.activities.database.backup.DiskRoom;
import dev.liftoff.activities.database.proof.Scratch;
import dev.liftoff.database.TableState;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The twin for a migration during which the service went on writing, made when a rescue is wanted:
 * the schema of the proven restore point, by its own statements, and the live rows in its columns,
 * from one snapshot. That snapshot is the barrier of the rescue, so whatever the service writes
 * while it is copied, and until it is kept out, is counted, replayed and proven as after a freeze.
 *
 * <p>The other way, to copy the live database and take back what the migration added, needs a
 * statement for each kind of change. Some have none, such as the label of an enum or the former
 * body of a function, and it keeps the service out for as long as the copy takes. Here the old
 * schema is there by construction whatever the migration did to it, which its fingerprint proves;
 * only rows may not fit, and these refuse the rescue by name. And the service is kept out only for
 * what it wrote since the copy.
 *
 * <p>Repeating finds the twin that stands. One that an attempt left half made is made anew.
 */
record LateTwin(
    PostgresServer server, LaunchFolder folder, @Nullable Path binaries, Progress progress) {
  /**
   * It stands beside the live database, equal to it in every column that the old schema has.
   *
   * @return one sentence for each reason why it cannot; then there is none
   */
  List<String> make() throws SQLException, IOException, InterruptedException {
    try (Connection outside = Outside.open(server)) {
      AnchorNote known = AnchorNote.read(folder);
      if (known != null && BarrierNote.read(folder) != null && Twin.stands(outside, known)) {
        return List.of();
      }
      server.endSessions(Purpose.RESCUE);
      List<String> obstacles = new LateObstacles(server, folder).found(outside);
      return obstacles.isEmpty() ? made(outside) : obstacles;
    } catch (ApplicationFailure refused) {
      return List.of(refused.getOriginalMessage());
    }
  }

  private List<String> made(Connection outside)
      throws SQLException, IOException, InterruptedException {
    AnchorNote.forget(folder);
    create(outside);
    List<String> troubles;
    try {
      troubles = filled(outside, new OldSchema(server, folder, binaries));
    } catch (ToolFailed failed) {
      if (failed.outage()) {
        throw new SQLException(failed.sentence(), failed);
      }
      troubles = List.of("the old schema does not take the live rows: " + failed.sentence());
    } catch (SQLException refused) {
      troubles = List.of(Unfit.sentence(refused));
    }
    if (!troubles.isEmpty()) {
      String _ = new Twin(server, folder, progress).discard(outside);
    }
    return troubles;
  }

  private void create(Connection outside) throws SQLException, IOException {
    String twin = new Twin(server, folder, progress).discard(outside);
    progress.report("making " + twin);
    try (Connection live = server.open(Purpose.RESCUE)) {
      DiskRoom.requireBesideLive("the twin", live, server);
      Sql.execute(
          outside,
          "CREATE DATABASE %s TEMPLATE template0 %s OWNER %s"
              .formatted(
                  Names.quoted(twin),
                  Scratch.likeLive(live),
                  Rights.read(outside, server.database()).owner()));
    }
    Sql.execute(
        outside,
        "COMMENT ON DATABASE %s IS %s"
            .formatted(Names.quoted(twin), Names.literal(Twin.marker(server, outside))));
    Twin.close(outside, twin);
    Settings.copy(outside, server.database(), twin);
  }

  private List<String> filled(Connection outside, OldSchema schema)
      throws SQLException, IOException, InterruptedException, ToolFailed {
    Instant begin = Instant.now();
    try (Connection live = snapshot();
        Connection twin = Canonical.of(server.open(schema.twin(), Purpose.RESCUE))) {
      BarrierNote barrier = BarrierNote.now(live);
      progress.report("building the old schema in " + schema.twin());
      schema.build("pre-data");
      LiveRows rows = new LiveRows(live, twin, schema.versionTables(live), progress);
      List<String> troubles = rows.troubles();
      if (!troubles.isEmpty()) {
        return troubles;
      }
      rows.copy();
      schema.loadVersions(twin, rows.versions());
      progress.report("building the indexes and rules of the old schema");
      schema.build("post-data");
      Sql.execute(twin, "ANALYZE");
      twin.setAutoCommit(false);
      List<String> differences = new ArrayList<>(schema.differences(twin));
      Map<String, TableState> contents = Contents.read(live, rows.columns(), progress);
      differences.addAll(
          Contents.differences(
              server.database(),
              contents,
              schema.twin(),
              Contents.read(twin, rows.columns(), progress)));
      if (differences.isEmpty()) {
        barrier.write(folder);
        note(outside, twin, live, barrier, rows, contents, begin).write(folder);
      }
      return differences;
    }
  }

  private Connection snapshot() throws SQLException {
    Connection live = Canonical.of(server.open(Purpose.RESCUE));
    live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    live.setReadOnly(true);
    live.setAutoCommit(false);
    return live;
  }

  /** Nothing lies between anchor and barrier: no row of the live database counts as migrated. */
  private AnchorNote note(
      Connection outside,
      Connection twin,
      Connection live,
      BarrierNote barrier,
      LiveRows rows,
      Map<String, TableState> contents,
      Instant begin)
      throws SQLException {
    String name = Twin.name(server.launch());
    return new AnchorNote(
        "",
        name,
        Sql.number(outside, "SELECT oid FROM pg_database WHERE datname = ?", name),
        Identity.systemIdentifier(outside),
        barrier.xmin(),
        barrier.walPosition(),
        Instant.now(),
        Duration.between(begin, Instant.now()),
        Sql.number(outside, "SELECT pg_database_size(?)", name),
        Catalog.read(twin).fingerprint(),
        contents,
        rows.columns(),
        TableContents.sequences(live),
        true,
        rows.versions());
  }
}
