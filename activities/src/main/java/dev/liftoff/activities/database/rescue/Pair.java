package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.rehearsal.VersionTables;
import dev.liftoff.database.MigrationCommand;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A session in the live database, which only reads, from one snapshot; and one in its twin, whose
 * changes are rolled back unless they are committed.
 */
record Pair(Connection live, Connection twin, List<Shape> shapes, Set<String> ofCommand)
    implements AutoCloseable {
  /**
   * It tells of the schema, and the twin has its own: migrations that it does not have are pending.
   */
  private static final String HISTORY = ".flyway_schema_history";

  private static final String NO_TABLE_YET = "42P01";

  static Pair open(PostgresServer server, AnchorNote anchor) throws SQLException {
    Set<String> ofCommand = ofCommand(server);
    Connection live = Canonical.of(server.open(Purpose.RESCUE));
    try {
      live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      live.setReadOnly(true);
      live.setAutoCommit(false);
      Connection twin = Canonical.of(server.open(anchor.twin(), Purpose.RESCUE));
      twin.setAutoCommit(false);
      return new Pair(live, twin, shapes(live, twin, anchor, ofCommand), ofCommand);
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

  /** Where the plan's command keeps its version, which tells of the schema too. */
  private static Set<String> ofCommand(PostgresServer server) throws SQLException {
    MigrationCommand command = server.spec().migration().command();
    if (command == null) {
      return Set.of();
    }
    try (Connection asking = server.open(Purpose.RESCUE)) {
      return VersionTables.named(asking, command);
    } catch (SQLException failed) {
      if (NO_TABLE_YET.equals(failed.getSQLState())) {
        return Set.of();
      }
      throw failed;
    }
  }

  private static List<Shape> shapes(
      Connection live, Connection twin, AnchorNote anchor, Set<String> ofCommand)
      throws SQLException {
    List<String> there = TableContents.tables(live);
    List<Shape> shapes = new ArrayList<>();
    for (String table : TableContents.tables(twin)) {
      boolean tells = table.endsWith(HISTORY) || ofCommand.contains(table);
      if (there.contains(table) && !tells && anchor.hasRowsOf(table)) {
        shapes.add(Shape.of(twin, live, table));
      }
    }
    return shapes;
  }

  private List<String> without(List<String> all, List<String> known) {
    return all.stream()
        .filter(table -> !known.contains(table) && !ofCommand.contains(table))
        .toList();
  }
}
