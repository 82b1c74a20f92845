package dev.liftoff.activities.database.integrity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows that refer to nothing, by foreign keys that were not there before. */
final class NewForeignKeys {
  /** The query of each, since a foreign key that is not validated says nothing about old rows. */
  private static final String ORPHANS =
      """
      SELECT 'constraint ' || child.name || '.' || quote_ident(con.conname) AS subject,
             format('SELECT count(*) FROM %s AS c WHERE %s AND NOT EXISTS (SELECT FROM %s AS p WHERE %s)',
               child.name,
               (SELECT string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ')
                FROM unnest(con.conkey) AS k JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k),
               parent.name,
               (SELECT string_agg(format('p.%I = c.%I', pa.attname, ca.attname), ' AND ')
                FROM unnest(con.conkey, con.confkey) AS k(ck, pk)
                     JOIN pg_attribute ca ON ca.attrelid = con.conrelid AND ca.attnum = k.ck
                     JOIN pg_attribute pa ON pa.attrelid = con.confrelid AND pa.attnum = k.pk)) AS query
      FROM pg_constraint con
           CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = con.conrelid) AS child(name)
           CROSS JOIN LATERAL (SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = con.confrelid) AS parent(name)
      WHERE con.contype = 'f' AND con.conparentid = 0
      """;

  private NewForeignKeys() {}

  /**
   * One sentence for each that has some.
   *
   * @param known subjects of the catalog before the migration
   */
  static List<String> orphans(Connection connection, Set<String> known) throws SQLException {
    List<String> findings = new ArrayList<>();
    for (String[] key : keys(connection)) {
      if (!known.contains(key[0])) {
        long orphans = count(connection, key[1]);
        if (orphans > 0) {
          findings.add("%d rows break the new %s".formatted(orphans, key[0]));
        }
      }
    }
    return findings;
  }

  private static List<String[]> keys(Connection connection) throws SQLException {
    List<String[]> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(ORPHANS)) {
      while (result.next()) {
        keys.add(new String[] {result.getString(1), result.getString(2)});
      }
    }
    return keys;
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
