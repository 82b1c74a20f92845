package dev.liftoff.activities.database.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a migration must not leave: indexes that are invalid and constraints that are not validated,
 * by qualified name.
 */
record Blemishes(SortedSet<String> invalidIndexes, SortedSet<String> unvalidated) {
  static final Blemishes NONE = new Blemishes(new TreeSet<>(), new TreeSet<>());

  private static final String INVALID =
      """
      SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname !~ '^pg_'
      """;

  private static final String UNVALIDATED =
      """
      SELECT c.conrelid::pg_catalog.regclass::text || '.' || pg_catalog.quote_ident(c.conname)
      FROM pg_catalog.pg_constraint c WHERE NOT c.convalidated
      """;

  static Blemishes read(Connection connection) throws SQLException {
    return new Blemishes(names(connection, INVALID), names(connection, UNVALIDATED));
  }

  /** Those that were not there before. */
  SortedSet<String> beyond(Blemishes before) {
    SortedSet<String> fresh = new TreeSet<>(invalidIndexes);
    fresh.addAll(unvalidated);
    fresh.removeAll(before.invalidIndexes);
    fresh.removeAll(before.unvalidated);
    return fresh;
  }

  private static SortedSet<String> names(Connection connection, String sql) throws SQLException {
    SortedSet<String> names = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        names.add(result.getString(1));
      }
    }
    return names;
  }
}
