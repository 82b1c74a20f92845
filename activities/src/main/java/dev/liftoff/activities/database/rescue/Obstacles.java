package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Why a rescue could not take every row along, or could not be proven; one sentence each. */
record Obstacles(
    PostgresServer server, LaunchFolder folder, Pair pair, AnchorNote anchor, BarrierNote barrier) {
  /** Of the live database, of which the changed rows are a part; they are saved compressed. */
  private static final int ROOM_DIVISOR = 4;

  private static final String RULES =
      """
      SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_rules
      WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema'
        AND EXISTS (SELECT FROM pg_tables t WHERE t.schemaname = pg_rules.schemaname AND t.tablename = pg_rules.tablename)
      """;

  List<String> found(Map<String, Counted> counted) throws SQLException, IOException {
    List<String> found = new ArrayList<>();
    for (String table : pair.goneTables()) {
      found.add(
          "table %s is not in the live database any more; its rows since the barrier are unknown"
              .formatted(table));
    }
    for (Shape shape : pair.shapes()) {
      ofTable(shape, Objects.requireNonNull(counted.get(shape.table())), found);
    }
    ofDatabase(found);
    return found;
  }

  private void ofTable(Shape shape, Counted counted, List<String> found) throws SQLException {
    if (!shape.removed().isEmpty()) {
      found.add(
          "the live table %s lacks the column %s of the old schema; rows since the barrier have no value for it"
              .formatted(shape.table(), shape.removed().getFirst()));
    }
    if (anchor.late()) {
      return;
    }
    RowsTouched rows = counted.rows();
    if (!shape.hasKey() && rows.deleted() != 0) {
      found.add(
          "table %s has no primary key, and rows of it were updated or deleted since the barrier; there is no telling which"
              .formatted(shape.table()));
    }
    Long removed = barrier.removed().get(shape.table());
    if (removed != null) {
      found.add(
          "the migration removed %d rows of %s, which only the twin has; there is no telling them from rows that the service removed"
              .formatted(removed, shape.table()));
    }
    if (Reloads.isRewritten(pair, barrier, shape.table())) {
      found.add(
          "table %s was rewritten or emptied as a whole since the barrier; what was written is not visible in its rows"
              .formatted(shape.table()));
    }
  }

  private void ofDatabase(List<String> found) throws SQLException, IOException {
    for (String table : Sql.column(pair.live(), RULES)) {
      found.add("table %s has rules, which would change what is put back".formatted(table));
    }
    for (String gid :
        Sql.column(
            pair.live(), "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()")) {
      found.add("the prepared transaction %s is open; commit it or roll it back".formatted(gid));
    }
    for (String slot :
        Sql.column(
            pair.live(),
            "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()")) {
      found.add(
          "the replication slot %s follows the live database and would go with it; drop it first"
              .formatted(slot));
    }
    long objects = Sql.number(pair.live(), "SELECT count(*) FROM pg_largeobject_metadata");
    if (objects > 0) {
      found.add(
          "the live database has %d large objects, which carry no transaction number"
              .formatted(objects));
    }
    ofDisk(found);
  }

  private void ofDisk(List<String> found) throws SQLException, IOException {
    long room = Files.getFileStore(folder.path()).getUsableSpace();
    long needed =
        Sql.number(pair.live(), "SELECT pg_database_size(current_database())") / ROOM_DIVISOR;
    if (room < needed) {
      found.add(
          "the delta may need %d MB and %s has room for %d MB; make room there"
              .formatted(needed / 1_000_000, folder.path(), room / 1_000_000));
    }
    String post = Names.post(server.database(), server.launch());
    if (Sql.value(pair.live(), "SELECT oid FROM pg_database WHERE datname = ?", post) != null) {
      found.add(
          "there is a database %s already, from an earlier rescue; rename it".formatted(post));
    }
  }
}
