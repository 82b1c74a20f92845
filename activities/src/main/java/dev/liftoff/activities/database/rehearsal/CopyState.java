package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.TableContents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The copy at one moment, as a session sees it, uncommitted changes of its own included.
 *
 * @param rights owners and privileges, by subject
 * @param tables by oid, which a rename keeps
 * @param identities what tells a column from another one of the same name, by the fact's subject
 * @param sequences their positions
 */
record CopyState(
    Catalog catalog,
    Map<String, String> rights,
    Map<Long, Table> tables,
    Map<String, String> identities,
    Map<String, Long> sequences) {
  private static final String RIGHTS = sql();

  private static final String NAME = "quote_ident(n.nspname) || '.' || quote_ident(c.relname)";

  private static final String OURS =
      """
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND c.relpersistence <> 't' AND c.relname <> 'flyway_schema_history'
      """;

  private static final String TABLES =
      "SELECT c.oid::bigint, %s, c.relkind, coalesce(pg_relation_filenode(c.oid), 0)::bigint %s AND c.relkind IN ('r', 'p', 'm', 'f', 'v')"
          .formatted(NAME, OURS);

  private static final String IDENTITIES =
      """
      SELECT 'table ' || %1$s, c.oid::text %2$s AND c.relkind = 'r'
      UNION ALL
      SELECT 'column ' || %1$s || '.' || quote_ident(a.attname), c.oid || '/' || a.attnum
      %3$s AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      """
          .formatted(
              NAME, OURS, OURS.replace("WHERE", "JOIN pg_attribute a ON a.attrelid = c.oid WHERE"));

  /**
   * What the reading sets and locks is taken back, so that the migration whose session this is does
   * not notice.
   */
  static CopyState read(Connection connection) throws SQLException {
    boolean alone = connection.getAutoCommit();
    if (alone) {
      connection.setAutoCommit(false);
    }
    Savepoint before = connection.setSavepoint();
    try {
      return readCanonically(Canonical.of(connection));
    } finally {
      connection.rollback(before);
      connection.releaseSavepoint(before);
      if (alone) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static CopyState readCanonically(Connection connection) throws SQLException {
    Map<Long, Table> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        tables.put(
            row.getLong(1),
            new Table(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)));
      }
    }
    return new CopyState(
        Catalog.read(connection),
        pairs(connection, RIGHTS),
        tables,
        pairs(connection, IDENTITIES),
        TableContents.sequences(connection));
  }

  /** A table that is gone already has but its number. */
  String name(long oid) {
    Table table = tables.get(oid);
    return table == null ? "table " + oid : table.name();
  }

  boolean has(String table, String column) {
    return catalog.facts().containsKey("column " + table + "." + column);
  }

  boolean isTable(long oid) {
    Table table = tables.get(oid);
    return table != null && table.kind().equals("r");
  }

  String fingerprint() {
    return catalog.restoredFingerprint();
  }

  private static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
    Map<String, String> pairs = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        pairs.put(row.getString(1), row.getString(2));
      }
    }
    return pairs;
  }

  private static String sql() {
    try (InputStream in = CopyState.class.getResourceAsStream("rights.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
