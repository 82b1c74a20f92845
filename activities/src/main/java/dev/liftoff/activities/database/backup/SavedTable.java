package dev.liftoff.activities.database.backup;

import java.util.List;

/**
 * Where a table's rows are in a restore point.
 *
 * @param bytes its size in the live database
 * @param columns those that its rows have in the dump, in their order; generated ones are not saved
 * @param key columns of its primary key; empty where it has none
 * @param file its rows as {@code COPY} text, below the restore point's folder
 */
public record SavedTable(long bytes, List<String> columns, List<String> key, String file) {
  public SavedTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }
}
