package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.TableContents;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A session in the live database, which only reads, from one snapshot; and one in its twin, whose
 * changes are rolled back unless they are committed.
 */
record Pair(Connection live, Connection twin, List<Shape> shapes) implements AutoCloseable {
  /**
   * It tells of the schema, and the twin has its own: migrations that it does not have are pending.
   */
  private static final String HISTORY = ".flyway_schema_history";

  static Pair open(PostgresServer server, AnchorNote anchor) throws SQLException {
    Connection live = Canonical.of(server.open(Purpose.RESCUE));
    try {
      live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      live.setReadOnly(true);
      live.setAutoCommit(false);
      Connection twin = Canonical.of(server.open(anchor.twin(), Purpose.RESCUE));
      twin.setAutoCommit(false);
      return new Pair(live, twin, shapes(live, twin, anchor));
    } catch (SQLException | RuntimeException failed) {
      live.close();
      throw failed;
    }
  }

  /** Tables of the live database that its twin does not have. */
  List<String> newTables() throws SQLException {
    return without(TableContents.tables(live), TableContents.tables(twin));
  }

  List<String> goneTables() throws SQLException {
    return without(TableContents.tables(twin), TableContents.tables(live));
  }

  @Override
  public void close() throws SQLException {
    try (Connection _ = live;
        Connection _ = twin) {
      twin.rollback();
    }
  }

  private static List<Shape> shapes(Connection live, Connection twin, AnchorNote anchor)
      throws SQLException {
    List<String> there = TableContents.tables(live);
    List<Shape> shapes = new ArrayList<>();
    for (String table : TableContents.tables(twin)) {
      if (there.contains(table) && !table.endsWith(HISTORY) && anchor.hasRowsOf(table)) {
        shapes.add(Shape.of(twin, live, table));
      }
    }
    return shapes;
  }

  private static List<String> without(List<String> all, List<String> known) {
    return all.stream().filter(table -> !known.contains(table)).toList();
  }
}
