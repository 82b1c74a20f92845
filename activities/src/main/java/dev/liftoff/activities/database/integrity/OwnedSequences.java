package dev.liftoff.activities.database.integrity;

import dev.liftoff.activities.database.TableContents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sequences that the migration made, or into whose tables it put rows: their next value must not be
 * in use. Others are not looked at, since a service may give its numbers itself.
 */
final class OwnedSequences {
  private static final String OWNED =
      """
      SELECT format('%I.%I', sn.nspname, s.relname), format('%I.%I', tn.nspname, t.relname), quote_ident(a.attname)
      FROM pg_depend d
           JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
           JOIN pg_namespace sn ON sn.oid = s.relnamespace
           JOIN pg_sequence q ON q.seqrelid = s.oid AND q.seqincrement > 0 AND NOT q.seqcycle
           JOIN pg_class t ON t.oid = d.refobjid
           JOIN pg_namespace tn ON tn.oid = t.relnamespace
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
        AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
        AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
      """;

  private OwnedSequences() {}

  /**
   * One sentence for each that is behind.
   *
   * @param known sequences that were there before the migration
   * @param filled tables into which it put rows
   */
  static List<String> behind(Connection connection, Set<String> known, Set<String> filled)
      throws SQLException {
    List<String> findings = new ArrayList<>();
    for (String[] each : owned(connection)) {
      if (!known.contains(each[0]) || filled.contains(each[1])) {
        // The column first: the service takes new values meanwhile.
        long largest = largest(connection, each[1], each[2]);
        Long position = TableContents.sequences(connection).get(each[0]);
        if (position != null && position < largest) {
          findings.add(
              "sequence %s is at %d and %s.%s has %d already; set it with setval"
                  .formatted(each[0], position, each[1], each[2], largest));
        }
      }
    }
    return findings;
  }

  private static List<String[]> owned(Connection connection) throws SQLException {
    List<String[]> owned = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(OWNED)) {
      while (result.next()) {
        owned.add(new String[] {result.getString(1), result.getString(2), result.getString(3)});
      }
    }
    return owned;
  }

  private static long largest(Connection connection, String table, String column)
      throws SQLException {
    String sql =
        "SELECT coalesce(max(%s)::bigint, %d) FROM %s".formatted(column, Long.MIN_VALUE, table);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
