package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Purpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The migrations that the database says it has, by Flyway's own table. Flyway's result object is
 * not asked: it counts wrongly.
 */
public record History(List<Entry> entries) {
  public static final String NO_VERSION = "none";

  /**
   * One row of that table.
   *
   * @param version null for a repeatable migration
   */
  public record Entry(
      int rank, @Nullable String version, String description, String script, boolean success) {
    String label() {
      return version == null ? "R " + description : version;
    }
  }

  /**
   * The schema in which Flyway keeps its table: the first of the search path, so ask before
   * changing that.
   */
  public static String schema(Connection connection) throws SQLException {
    String schema = connection.getSchema();
    return schema == null ? "public" : schema;
  }

  public static History read(PostgresServer server) throws SQLException {
    try (Connection connection = server.open(Purpose.READ)) {
      return read(connection, schema(connection));
    }
  }

  public static History read(Connection connection, String schema) throws SQLException {
    String table = table(connection, schema);
    List<Entry> entries = new ArrayList<>();
    if (table == null) {
      return new History(entries);
    }
    String sql =
        "SELECT installed_rank, version, description, script, success FROM %s WHERE type <> 'SCHEMA' ORDER BY installed_rank"
            .formatted(table);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        entries.add(entry(result));
      }
    }
    return new History(entries);
  }

  /** The last applied version; {@code none} where there is none. */
  public String version() {
    return entries.stream()
        .filter(entry -> entry.success() && entry.version() != null)
        .reduce((first, second) -> second)
        .map(Entry::label)
        .orElse(NO_VERSION);
  }

  public int lastRank() {
    return entries.isEmpty() ? 0 : entries.getLast().rank();
  }

  public List<String> appliedAfter(int rank) {
    return after(rank).map(Entry::label).toList();
  }

  public List<String> scriptsAfter(int rank) {
    return after(rank).map(Entry::script).toList();
  }

  private Stream<Entry> after(int rank) {
    return entries.stream().filter(entry -> entry.rank() > rank && entry.success());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getInt("installed_rank"),
        row.getString("version"),
        row.getString("description"),
        row.getString("script"),
        row.getBoolean("success"));
  }

  static @Nullable String table(Connection connection, String schema) throws SQLException {
    String sql =
        """
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = 'flyway_schema_history'
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, schema);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getString(1) : null;
      }
    }
  }
}
