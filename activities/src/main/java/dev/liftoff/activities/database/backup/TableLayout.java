package dev.liftoff.activities.database.backup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is to be known of a table to find its rows in a dump. */
public record TableLayout(long oid, long bytes, List<String> columns, List<String> key) {
  private static final String ALL =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.oid, pg_table_size(c.oid),
             ARRAY(SELECT quote_ident(attname) FROM pg_attribute
                   WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                   ORDER BY attnum),
             ARRAY(SELECT quote_ident(a.attname)
                   FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
                        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                   WHERE i.indrelid = c.oid AND i.indisprimary AND k.position <= i.indnkeyatts
                   ORDER BY k.position)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relpersistence <> 't'
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      """;

  public static Map<String, TableLayout> all(Connection connection) throws SQLException {
    Map<String, TableLayout> all = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ALL)) {
      while (row.next()) {
        List<String> columns = texts(row.getArray(4));
        all.put(
            row.getString(1),
            new TableLayout(row.getLong(2), row.getLong(3), columns, texts(row.getArray(5))));
      }
    }
    return all;
  }

  public SavedTable savedIn(String file) {
    return new SavedTable(bytes, columns, key, file);
  }

  private static List<String> texts(Array array) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (Object each : (Object[]) array.getArray()) {
      texts.add((String) each);
    }
    return texts;
  }
}
