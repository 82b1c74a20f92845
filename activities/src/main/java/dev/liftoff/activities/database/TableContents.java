package dev.liftoff.activities.database;

import dev.liftoff.database.TableState;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which tables there are, and what is in them. Hashed by the server, so nothing but the sums
 * travels. Names are quoted where they must be: they can be pasted into SQL. Read on a {@link
 * Canonical} connection.
 */
public final class TableContents {
  /** Leaves only: the rows of a partitioned table are in its partitions. */
  private static final String TABLES =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relpersistence <> 't'
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
      """;

  /**
   * Where the next value of each sequence follows; a value that was never taken counts as the one
   * before the first.
   */
  private static final String SEQUENCES =
      """
      SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename),
             coalesce(last_value, start_value - increment_by) * sign(increment_by)::bigint
      FROM pg_sequences WHERE NOT cycle
      """;

  /**
   * Labels of an enum and names of tables are kept as numbers, which each database gives out anew:
   * the same content would hash differently after a restore. As text they are what they mean.
   */
  private static final String COLUMNS =
      """
      SELECT quote_ident(a.attname),
             t.typnamespace <> 'pg_catalog'::regnamespace OR t.typname ~ '^_?reg'
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  private static final String NO_HASH_FUNCTION = "42883";

  private TableContents() {}

  public static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(TABLES)) {
      while (result.next()) {
        tables.add(result.getString(1));
      }
    }
    return tables;
  }

  /** Positions grow, also those of descending sequences. */
  public static Map<String, Long> sequences(Connection connection) throws SQLException {
    Map<String, Long> positions = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SEQUENCES)) {
      while (result.next()) {
        positions.put(result.getString(1), result.getLong(2));
      }
    }
    return positions;
  }

  /** Within a transaction: a table whose types cannot be hashed is read a second time as text. */
  public static TableState read(Connection connection, String table) throws SQLException {
    return read(connection, table, whole(connection, table), "true");
  }

  private static String whole(Connection connection, String table) throws SQLException {
    Map<String, Boolean> byNumber = byNumber(connection, table);
    return byNumber.containsValue(true) ? row(byNumber.keySet(), byNumber) : "liftoff_row.*";
  }

  /**
   * The content of these columns, of the rows that fulfil the condition. Equal values hash equally,
   * whatever other columns the table has. Within a transaction.
   */
  public static TableState read(
      Connection connection, String table, List<String> columns, String condition)
      throws SQLException {
    return read(connection, table, row(columns, byNumber(connection, table)), condition);
  }

  private static String row(Collection<String> columns, Map<String, Boolean> byNumber) {
    return columns.stream()
        .map(column ->
            "liftoff_row." + column + (byNumber.getOrDefault(column, false) ? "::text" : ""))
        .collect(Collectors.joining(", ", "ROW(", ")"));
  }

  private static Map<String, Boolean> byNumber(Connection connection, String table)
      throws SQLException {
    Map<String, Boolean> columns = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          columns.put(result.getString(1), result.getBoolean(2));
        }
      }
    }
    return columns;
  }

  public static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM ONLY " + table)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** What is done before each part of a table is read. */
  public interface Turn {
    void begin() throws SQLException;
  }

  /**
   * The same as {@link #read(Connection, String)}, part by part.
   *
   * @param parts conditions on {@code liftoff_row}, of which each row fulfils exactly one
   */
  public static TableState read(Connection connection, String table, List<String> parts, Turn turn)
      throws SQLException {
    return read(connection, table, whole(connection, table), parts, turn);
  }

  private static TableState read(Connection connection, String table, String row, String condition)
      throws SQLException {
    return read(connection, table, row, List.of(condition), () -> {});
  }

  /** All parts by the same function: what it cannot hash may be in one of them only. */
  private static TableState read(
      Connection connection, String table, String row, List<String> parts, Turn turn)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      return sum(connection, table, "hash_record_extended(%s, 0)".formatted(row), parts, turn);
    } catch (SQLException refused) {
      if (!NO_HASH_FUNCTION.equals(refused.getSQLState())) {
        throw refused;
      }
      connection.rollback(before);
      return sum(connection, table, "hashtextextended((%s)::text, 0)".formatted(row), parts, turn);
    }
  }

  private static TableState sum(
      Connection connection, String table, String hash, List<String> parts, Turn turn)
      throws SQLException {
    long rows = 0;
    BigInteger sum = BigInteger.ZERO;
    for (String part : parts) {
      turn.begin();
      TableState state = sum(connection, table, hash, part);
      rows += state.rows();
      sum = sum.add(new BigInteger(state.hash()));
    }
    return new TableState(rows, sum.toString());
  }

  private static TableState sum(Connection connection, String table, String hash, String condition)
      throws SQLException {
    String sql =
        "SELECT count(*), coalesce(sum(%s), 0)::text FROM ONLY %s AS liftoff_row WHERE %s"
            .formatted(hash, table, condition);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return new TableState(result.getLong(1), result.getString(2));
    }
  }
}
