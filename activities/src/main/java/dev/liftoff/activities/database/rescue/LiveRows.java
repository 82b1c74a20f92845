package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.TableContents;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of the live database in the columns of the old schema. Tables that tell of the schema
 * are left out: their rows belong to it.
 *
 * @param live of one snapshot
 * @param twin has the tables, and nothing in them yet
 * @param versionTables by quoted name; some of them may be new
 */
record LiveRows(Connection live, Connection twin, Set<String> versionTables, Progress progress) {

  /** Of the tables that the twin has. */
  List<String> versions() throws SQLException {
    return TableContents.tables(twin).stream().filter(versionTables::contains).toList();
  }

  /** As they are compared, by table. */
  Map<String, List<String>> columns() throws SQLException {
    return Columns.of(twin, tables());
  }

  /** One sentence for each table or column that the live database does not have any more. */
  List<String> troubles() throws SQLException {
    List<String> troubles = new ArrayList<>();
    List<String> there = TableContents.tables(live);
    for (Map.Entry<String, List<String>> table : columns().entrySet()) {
      if (!there.contains(table.getKey())) {
        troubles.add("table %s is not in the live database any more".formatted(table.getKey()));
        continue;
      }
      List<String> gone = new ArrayList<>(table.getValue());
      gone.removeAll(Columns.of(live, table.getKey()).keySet());
      if (!gone.isEmpty()) {
        troubles.add(
            "the live table %s lacks the column %s of the old schema; its rows have no value for it"
                .formatted(table.getKey(), gone.getFirst()));
      }
    }
    return troubles;
  }

  void copy() throws SQLException, IOException {
    List<String> tables = tables();
    for (String table : tables) {
      progress.report("copying the rows of %s, one of %d tables".formatted(table, tables.size()));
      String columns = String.join(", ", Columns.writable(twin, table));
      long _ =
          Bulk.copy(
              live,
              "SELECT %s FROM ONLY %s".formatted(columns, table),
              twin,
              "%s(%s)".formatted(table, columns));
    }
  }

  private List<String> tables() throws SQLException {
    return TableContents.tables(twin).stream()
        .filter(table -> !versionTables.contains(table))
        .toList();
  }
}
