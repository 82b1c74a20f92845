package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.database.TableState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in all tables of a database, and how two of these differ. */
final class Contents {
  private Contents() {}

  static Map<String, TableState> read(
      Connection connection, Map<String, List<String>> columns, Progress progress)
      throws SQLException {
    Map<String, TableState> contents = new TreeMap<>();
    for (Map.Entry<String, List<String>> table : columns.entrySet()) {
      progress.report(
          "adding up %s, %d of %d tables"
              .formatted(table.getKey(), contents.size() + 1, columns.size()));
      contents.put(
          table.getKey(), TableContents.read(connection, table.getKey(), table.getValue(), "true"));
    }
    return contents;
  }

  /** One sentence for each table that differs. */
  static List<String> differences(
      String one, Map<String, TableState> left, String other, Map<String, TableState> right) {
    List<String> differences = new ArrayList<>();
    TreeMap<String, TableState> all = new TreeMap<>(left);
    all.putAll(right);
    for (String table : all.keySet()) {
      TableState here = left.get(table);
      TableState there = right.get(table);
      if (here == null || !here.equals(there)) {
        differences.add(
            "table %s: %s has %s, %s has %s".formatted(table, one, said(here), other, said(there)));
      }
    }
    return differences;
  }

  private static String said(@org.jspecify.annotations.Nullable TableState state) {
    return state == null ? "none" : "%d rows of hash %s".formatted(state.rows(), state.hash());
  }
}
